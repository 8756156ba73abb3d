package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Reactor, Spring Web, Kotlin and AspectJ are not needed. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledWithoutLibrariesTest {

  /** Runs inside a class loader of its own. */
  public static class Application implements Callable<String> {
    static class Till {
      @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "old")
      String pay(String user) {
        return "new for " + user;
      }

      private String old(String user) {
        return "old for " + user;
      }

      @FeatureToggle(flag = "off", key = "#user")
      String refuse(String user) {
        return user;
      }
    }

    @Override
    public String call() {
      StringBuilder said = new StringBuilder();
      Shop.open(
          shop -> {
            said.append(shop.bean(Till.class).pay("ann"));
            try {
              shop.bean(Till.class).refuse("ann");
            } catch (FeatureDisabledException e) {
              said.append(", refused for ").append(e.flag());
            }
          },
          Till.class);
      return said.toString();
    }
  }

  /** Has a method of a library whose publishers only Reactor could decide. */
  public static class RxApplication implements Callable<String> {
    static class Feed {
      @FeatureToggle(flag = "off", key = "'a'", whenOff = WhenOff.EMPTY)
      Flowable<String> feed() {
        return Flowable.just("new");
      }
    }

    @Override
    public String call() {
      String[] said = new String[1];
      Shop.with(Feed.class)
          .run(context -> said[0] = String.valueOf(context.getStartupFailure().getMessage()));
      return said[0];
    }
  }

  private static String run(Predicate<String> removed) throws Exception {
    return run(Application.class, removed);
  }

  private static String run(Class<?> what, Predicate<String> removed) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(classPath(removed), platform())) {
      return run(what, loader);
    }
  }

  private static String run(Class<?> what, ClassLoader loader) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader);
      Object application = loader.loadClass(what.getName()).getDeclaredConstructor().newInstance();
      return (String) ((Callable<?>) application).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Remembers what it was asked for. */
  private static final class Listing extends URLClassLoader {
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    Listing() throws IOException {
      super(classPath(jar -> false), platform());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> type = super.findClass(name);
      found.add(name);
      return type;
    }
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }

  private static URL[] classPath(Predicate<String> removed) throws IOException {
    String[] entries = System.getProperty("java.class.path").split(":", -1);
    Path[] kept =
        Arrays.stream(entries)
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .filter(entry -> !removed.test(entry.getFileName().toString()))
            .toArray(Path[]::new);
    URL[] urls = new URL[kept.length];
    for (int i = 0; i < kept.length; i++) {
      urls[i] = kept[i].toUri().toURL();
    }
    return urls;
  }

  @Test
  void flagsDecideWithoutOptionalLibraries() throws Exception {
    assertThat(
            run(
                jar ->
                    jar.startsWith("reactor-core")
                        || jar.startsWith("reactive-streams")
                        || jar.startsWith("spring-web")
                        || jar.startsWith("kotlin")
                        || jar.startsWith("aspectj")))
        .isEqualTo("old for ann, refused for off");
  }

  @Test
  void reactorIsNotLoadedWhereNoMethodReturnsAPublisher() throws Exception {
    try (Listing loader = new Listing()) {
      run(Application.class, loader);

      assertThat(loader.found)
          .contains(Application.Till.class.getName())
          .noneMatch(name -> name.startsWith("reactor.core.publisher."));
    }
  }

  @Test
  void withoutReactorAPublisherOfAnotherLibraryStopsTheStart() throws Exception {
    assertThat(run(RxApplication.class, jar -> jar.startsWith("reactor-core")))
        .contains("Feed.feed(): returns io.reactivex.rxjava3.core.Flowable<java.lang.String>")
        .contains("io.projectreactor:reactor-core; add it");
  }

  @Test
  void theLibrariesThatAreTakenAwayAreReallyGone() throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(jar -> jar.startsWith("reactor-core")), platform())) {
      assertThatThrownBy(() -> loader.loadClass("reactor.core.publisher.Mono"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
