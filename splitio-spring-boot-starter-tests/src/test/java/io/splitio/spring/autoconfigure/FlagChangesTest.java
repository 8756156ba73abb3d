package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.FlagChangeListener;
import io.splitio.api.SplitClient;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

class FlagChangesTest {
  private final InMemoryTreatments flags =
      LocalhostConnector.treatments(Map.of("checkout", "v1", "search", "on"));
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class))
          .withBean(InMemoryTreatments.class, () -> flags);

  @Test
  void listenerBeanMayItselfUseTheClient() {
    runner
        .withBean(Watcher.class)
        .run(
            context -> {
              Watcher watcher = context.getBean(Watcher.class);

              flags.set("checkout", "v2");

              await().until(() -> watcher.seen.contains("checkout v2"));
            });
  }

  @Test
  void firstLoadIsHeardEvenIfItCameBeforeTheListenersExisted() {
    runner
        .withBean(Events.class)
        .run(
            context ->
                await()
                    .until(
                        () ->
                            context.getBean(Events.class).events.stream()
                                .anyMatch(
                                    event ->
                                        event.flags().containsAll(Set.of("checkout", "search")))));
  }

  @Test
  void changeIsPublishedAsAnApplicationEventWithTheNames() {
    runner
        .withBean(Events.class)
        .run(
            context -> {
              Events events = context.getBean(Events.class);
              await().until(() -> !events.events.isEmpty());

              flags.set("search", "off");

              await().until(() -> events.events.contains(new FlagsChangedEvent(Set.of("search"))));
            });
  }

  @Test
  void nothingIsPublishedWhileTheContextIsStoppedAndNothingIsLost() {
    List<Set<String>> core = new CopyOnWriteArrayList<>();
    runner
        .withBean(Events.class)
        .withBean(
            SplitConfigCustomizer.class, () -> config -> config.withFlagChangeListener(core::add))
        .run(
            context -> {
              Events events = context.getBean(Events.class);
              await().until(() -> events.events.size() == 1);
              context.getSourceApplicationContext().stop();

              flags.set("search", "off");
              await().until(() -> core.contains(Set.of("search"))); // the last listener to be told
              assertThat(events.events).hasSize(1);

              context.getSourceApplicationContext().start();
              await().until(() -> events.events.size() == 2);
              assertThat(events.events.get(1)).isEqualTo(new FlagsChangedEvent(Set.of("search")));
            });
  }

  @Test
  void failingListenerDoesNotKeepOthersFromHearing() {
    runner
        .withUserConfiguration(FailingFirst.class)
        .withBean(Events.class)
        .run(
            context -> {
              Watching last = context.getBean(Watching.class);
              flags.set("checkout", "v3");

              await().until(() -> last.names.contains("checkout"));
              await()
                  .until(
                      () ->
                          context.getBean(Events.class).events.stream()
                              .anyMatch(event -> event.flags().contains("checkout")));
            });
  }

  @Test
  void listenerThatThrowsAnErrorStopsNeitherTheStartNorTheOthers() {
    runner
        .withUserConfiguration(FailingForGood.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Watching last = context.getBean(Watching.class);
              await().until(() -> last.names.containsAll(Set.of("checkout", "search")));

              flags.set("checkout", "v3");

              await().until(() -> last.names.size() == 3);
            });
  }

  @Test
  void startWaitsForNoListenerAndWhatComesLaterIsHeardLater() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    List<Set<String>> heard = new CopyOnWriteArrayList<>();
    FlagChangeListener slow =
        changed -> {
          begun.countDown();
          if (heard.isEmpty()) {
            assertThat(opens(started)).isTrue();
          }
          heard.add(changed);
        };
    runner
        .withBean(FlagChangeListener.class, () -> slow)
        .run(
            context -> {
              assertThat(opens(begun)).isTrue();
              flags.set("search", "off");
              assertThat(heard).isEmpty();

              started.countDown();

              await().until(() -> heard.size() == 2);
              assertThat(heard.get(0)).contains("checkout");
              assertThat(heard.get(1)).containsExactly("search");
            });
  }

  @Test
  void listenerThatStillHearsWhatWasMissedIsInterruptedWhenTheContextCloses() {
    CompletableFuture<Thread> begun = new CompletableFuture<>();
    CountDownLatch never = new CountDownLatch(1);
    FlagChangeListener stuck =
        changed -> {
          if (changed.contains("missed")) {
            begun.complete(Thread.currentThread());
            assertThat(opens(never)).isFalse();
          }
        };
    runner
        .withBean(FlagChangeListener.class, () -> stuck)
        .run(
            context -> {
              context.getSourceApplicationContext().stop();
              context.getBean(FlagChangeRelay.class).flagsChanged(Set.of("missed"));
              context.getSourceApplicationContext().start();
              assertThat(begun).succeedsWithin(Duration.ofSeconds(10));
            });

    assertThat(begun.join().getName()).isEqualTo("splitio-changes-missed");
    assertThat(begun.join().isAlive()).isFalse();
  }

  private static boolean opens(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static final class Watcher implements FlagChangeListener {
    private final SplitClient client;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Watcher(SplitClient client) {
      this.client = client;
    }

    @Override
    public void flagsChanged(Set<String> flags) {
      if (flags.contains("checkout")) {
        seen.add("checkout " + client.getTreatment("anna", "checkout"));
      }
    }
  }

  static class Events {
    final List<FlagsChangedEvent> events = new CopyOnWriteArrayList<>();

    @EventListener
    void changed(FlagsChangedEvent event) {
      events.add(event);
    }
  }

  @Order(2)
  static final class Watching implements FlagChangeListener {
    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void flagsChanged(Set<String> flags) {
      names.addAll(flags);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class FailingFirst {
    @Bean
    @Order(1)
    FlagChangeListener failing() {
      return flags -> {
        throw new IllegalStateException("failing listener");
      };
    }

    @Bean
    Watching watching() {
      return new Watching();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class FailingForGood {
    @Bean
    @Order(1)
    FlagChangeListener failing() {
      return flags -> {
        throw new LinkageError("failing listener");
      };
    }

    @Bean
    Watching watching() {
      return new Watching();
    }
  }
}
