package io.splitio.soak.rig;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A JVM into which applications with the SDK are deployed, one after the other, each in a class
 * loader of its own that takes nothing of the others, and taken out again. It says how many of the
 * class loaders are still there at the end.
 */
public final class Undeployed {
  /** Okio and OkHttp have a thread each that ends when it had nothing to do for 60 s. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

  private static final long IN_VAIN = TimeUnit.SECONDS.toNanos(5);
  private static final int LIMIT = 30;
  private static final AtomicInteger ANSWERED = new AtomicInteger();

  /** One component of each kind that records tell apart. */
  private record AllKinds(
      String text,
      boolean truth,
      byte small,
      short medium,
      char letter,
      int whole,
      long large,
      float rough,
      double exact) {}

  private Undeployed() {}

  /** Starts one, which deploys so many applications with each of the backends in turn. */
  public static Process start(Backends backends, int applications, boolean ending)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:SoftRefLRUPolicyMSPerMB=0", // what the JDK only caches goes with the next GC
            "-cp",
            System.getProperty("java.class.path"),
            Undeployed.class.getName(),
            String.valueOf(applications),
            String.valueOf(ending),
            backends.cloud().url(),
            backends.featbit().streaming().toString(),
            backends.featbit().events().toString(),
            String.valueOf(backends.redisPort()))
        .redirectErrorStream(true)
        .start();
  }

  /** The process. */
  public static void main(String... arguments) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int number = 0; number < Integer.parseInt(arguments[0]); number++) {
      loaders.add(deployAndUndeploy(number, arguments));
    }
    forgetRecords();
    boolean ended = Boolean.parseBoolean(arguments[1]);
    long held = held(loaders, ended ? PATIENCE : IN_VAIN);
    System.out.println("held: " + held + " of " + ANSWERED.get());
    System.exit(0);
  }

  private static WeakReference<ClassLoader> deployAndUndeploy(int number, String[] arguments)
      throws Exception {
    try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      Class<?> application = loader.loadClass(Application.class.getName());
      @SuppressWarnings("unchecked") // it is one, of another class loader
      Consumer<String[]> use =
          (Consumer<String[]>) application.getConstructor(int.class).newInstance(number);
      Thread thread =
          new Thread(
              () -> {
                use.accept(arguments);
                ANSWERED.incrementAndGet();
              },
              "application-" + number);
      thread.setContextClassLoader(loader);
      thread.start();
      thread.join();
      return new WeakReference<>(loader);
    }
  }

  private static URL[] urls() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("logback")) { // it is the server's
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  /**
   * Until JDK 19 the method handles behind {@code equals} and {@code hashCode} of records keep the
   * type for which they were last adapted, and so a class loader.
   */
  private static void forgetRecords() {
    AllKinds first = new AllKinds("text", true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1);
    AllKinds second = new AllKinds("text", true, (byte) 1, (short) 1, 'a', 1, 1, 1, 1);
    if (!first.equals(second) || first.hashCode() != second.hashCode()) {
      throw new IllegalStateException("records are not equal");
    }
  }

  private static long held(List<WeakReference<ClassLoader>> loaders, long patience) {
    long end = System.nanoTime() + patience;
    long held;
    do {
      ProcessFigures.heap();
      held = loaders.stream().filter(loader -> loader.get() != null).count();
    } while (held > 0 && System.nanoTime() < end);
    return held;
  }

  /** Runs in a class loader of its own. */
  public static final class Application implements Consumer<String[]> {
    private final int number;

    /** The application with this number. */
    public Application(int number) {
      this.number = number;
    }

    @Override
    public void accept(String[] arguments) {
      SplitFactory factory = SplitFactory.create(connector(arguments), SplitConfig.defaults());
      await(factory);
      String treatment = factory.client().getTreatment("u1", "f");
      factory.client().track("u1", "user", "bought");
      if (!treatment.equals("on")) {
        throw new IllegalStateException(number + ": " + treatment);
      }
      if (Boolean.parseBoolean(arguments[1])) {
        factory.destroy();
      }
    }

    private static void await(SplitFactory factory) {
      try {
        factory.ready().get(LIMIT, TimeUnit.SECONDS); // orTimeout starts a thread that stays
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the instance does not become ready", e);
      }
    }

    /** Those with OkHttp first: while the others run, its threads come to their end. */
    private int kind(int applications) {
      return number < applications / 2 ? 1 + number % 2 : number % 2 * 3;
    }

    private Connector connector(String[] arguments) {
      return switch (kind(Integer.parseInt(arguments[0]))) {
        case 0 -> LocalhostConnector.treatments(Map.of("f", "on"));
        case 1 -> Backends.cloud(arguments[2]);
        case 2 -> Backends.featbit(URI.create(arguments[3]), URI.create(arguments[4]));
        default -> Backends.redis(Integer.parseInt(arguments[5]));
      };
    }
  }
}
