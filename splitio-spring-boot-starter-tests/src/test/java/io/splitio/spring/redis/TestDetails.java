package io.splitio.spring.redis;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Connection details as a {@code @ServiceConnection} makes them, on whichever line. */
final class TestDetails {
  private TestDetails() {}

  /** Of one server with a login; what talks TLS stands with the server before Spring Boot 4. */
  static Object of(int port, String password, @Nullable SslBundle bundle) {
    Map<String, @Nullable Object> server = new HashMap<>();
    server.put("getHost", "localhost");
    server.put("getPort", port);
    server.put("getSslBundle", bundle);
    Map<String, @Nullable Object> details = new HashMap<>();
    details.put("getUsername", "default");
    details.put("getPassword", password);
    details.put("getSslBundle", bundle);
    details.put("getStandalone", telling(SpringLine.server(), server));
    return telling(SpringLine.details(), details);
  }

  /** Answers what is told, and otherwise what the interface says by itself. */
  private static Object telling(Class<?> type, Map<String, @Nullable Object> told) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          if (told.containsKey(method.getName())) {
            return told.get(method.getName());
          }
          return method.isDefault()
              ? InvocationHandler.invokeDefault(self, method, arguments)
              : method.invoke(told, arguments); // hashCode, equals, toString
        });
  }
}
