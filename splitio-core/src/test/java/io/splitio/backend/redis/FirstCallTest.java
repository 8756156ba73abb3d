package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The first call of a new process, whose budget is not meant for the loading of classes. */
class FirstCallTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);

  @Test
  void findsLoadedWhatMakesFlagsOfWhatIsStored() throws Exception {
    Loading loading = new Loading();
    try (TestRedis redis = TestRedis.started()) {
      redis.golden("");
      Constructor<?> made = loading.loadClass(Ready.class.getName()).getConstructor(int.class);
      Object ready = made.newInstance(redis.port());
      loading.names.clear();
      try (Closeable unused = (Closeable) ready) {
        assertThat(((Supplier<?>) ready).get()).isEqualTo("low");
      }
      assertThat(loading.names)
          .contains("io.splitio.api.EvaluationOptions")
          .noneMatch(name -> name.startsWith("io.splitio.codec."));
    }
  }

  /** Loads the SDK anew, as a new process does, and notes it down. */
  private static final class Loading extends ClassLoader {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private Loading() {
      super(FirstCallTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.splitio.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> before = findLoadedClass(name);
        return before == null ? read(name) : before;
      }
    }

    private Class<?> read(String name) throws ClassNotFoundException {
      names.add(name);
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Is ready, and nobody called yet; used by what both class loaders have. */
  public static final class Ready implements Supplier<String>, Closeable {
    private final SplitFactory factory;

    public Ready(int port) throws Exception {
      factory =
          SplitFactory.create(
              RedisConnector.host("127.0.0.1", port).callBudget(Duration.ofSeconds(5)),
              SplitConfig.defaults().withoutShutdownHook());
      factory.blockUntilReady(Duration.ofSeconds(20));
    }

    @Override
    public String get() {
      return factory.client().getTreatment("erin", "price_test", ADULT);
    }

    @Override
    public void close() {
      factory.close();
    }
  }
}
