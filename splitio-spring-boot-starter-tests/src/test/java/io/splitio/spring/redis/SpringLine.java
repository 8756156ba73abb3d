package io.splitio.spring.redis;

import org.springframework.util.ClassUtils;

/** What the line of Spring Boot under test calls its own of Redis. */
final class SpringLine {
  private static final ClassLoader CLASSES = SpringLine.class.getClassLoader();
  private static final String NOW = "org.springframework.boot.data.redis.autoconfigure.Data";
  private static final String BEFORE = "org.springframework.boot.autoconfigure.data.redis.";
  private static final boolean IS_NOW =
      ClassUtils.isPresent(NOW + "RedisConnectionDetails", CLASSES);

  private SpringLine() {}

  /** What tells the starter; only the line under test can load it. */
  static Class<?> starter() {
    return named(
        "io.splitio.spring.redis.SplitioRedisDetails"
            + (IS_NOW ? "AutoConfiguration" : "Boot35AutoConfiguration"));
  }

  /** What makes Spring Boot's own connections. */
  static Class<?> autoConfiguration() {
    return named((IS_NOW ? NOW : BEFORE) + "RedisAutoConfiguration");
  }

  /** What says where Redis is. */
  static Class<?> details() {
    return named((IS_NOW ? NOW : BEFORE) + "RedisConnectionDetails");
  }

  /** What says where one server is. */
  static Class<?> server() {
    return named((IS_NOW ? NOW : BEFORE) + "RedisConnectionDetails$Standalone");
  }

  private static Class<?> named(String name) {
    return ClassUtils.resolveClassName(name, CLASSES);
  }
}
