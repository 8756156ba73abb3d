package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.api.SplitClient;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.spring.SdkThreads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** How the SDK of the cloud goes with the life of the context. */
@ExtendWith(OutputCaptureExtension.class)
class CloudLifecycleTest extends CloudFixture {

  @Test
  void whileTheContextIsStoppedNothingRunsAndFlagsAreServed() {
    runner.run(
        context -> {
          cloud.streaming().awaitConnections(1, SOON);

          context.getSourceApplicationContext().stop();

          nothingRuns();
          assertThat(treatment(context)).isEqualTo("v2");
          assertThat(context.getBean(SplitFactory.class).status()).isEqualTo(SdkStatus.SUSPENDED);
        });
  }

  @Test
  void startingAgainSynchronisesAndStreams() {
    runner.run(
        context -> {
          ConfigurableApplicationContext application = context.getSourceApplicationContext();
          application.stop();
          cloud.flags().put(Flag.named("checkout").otherwise("v3"));

          application.start();

          serves(context, "v3");
          streams(context.getBean(SplitFactory.class));
          cloud.flags().put(Flag.named("checkout").otherwise("v4"));
          serves(context, "v4");
        });
  }

  @Test
  void whatWasRecordedIsDeliveredWhenTheContextStops() {
    runner.run(
        context -> {
          treatment(context);

          context.getSourceApplicationContext().stop();

          assertThat(cloud.received().impressions().total()).isEqualTo(1);
        });
  }

  @Test
  void fiftyCyclesLeaveNothingBehind() {
    runner.run(
        context -> {
          ConfigurableApplicationContext application = context.getSourceApplicationContext();
          for (int i = 0; i < 50; i++) {
            application.stop();
            nothingRuns();
            application.start();
            assertThat(treatment(context)).isEqualTo("v2");
          }
          streams(context.getBean(SplitFactory.class));
          cloud.flags().put(Flag.named("checkout").otherwise("v3"));
          serves(context, "v3");
          assertThat(cloud.streaming().connections()).isEqualTo(1);
        });
    await().atMost(SOON).until(() -> cloud.openConnections() == 0);
  }

  @Test
  void startThatEndsSuspendedFindsFlagsAndNothingThatRunsWhenACheckpointIsTaken() {
    Checkpoint checkpoint = new Checkpoint();
    runner
        .withPropertyValues("splitio.start-suspended=true")
        .withBean("checkpoint", Checkpoint.class, () -> checkpoint)
        .run(
            context -> {
              // what Spring calls between beans and life cycles, where it takes a checkpoint
              assertThat(checkpoint.seen).containsExactly("SUSPENDED v2 0 threads");
              streams(context.getBean(SplitFactory.class));
              assertThat(context.getBean(SplitFactory.class).status()).isEqualTo(SdkStatus.READY);
            });
  }

  @Test
  void startThatEndsSuspendedDoesSoWithoutFlagsWhenTheCloudIsAway(CapturedOutput output) {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(500));
    Checkpoint checkpoint = new Checkpoint();
    runner
        .withPropertyValues(
            "splitio.start-suspended=true",
            "splitio.ready.timeout=300ms",
            "splitio.ready.block=background")
        .withBean("checkpoint", Checkpoint.class, () -> checkpoint)
        .run(
            context -> {
              assertThat(checkpoint.seen).containsExactly("SUSPENDED control 0 threads");
              assertThat(output).contains("Flags were not ready within 300ms");
              cloud.faults().clear();
              serves(context, "v2");
            });
  }

  @Test
  void startThatEndsSuspendedWaitsForTheCloudOnceOnly(CapturedOutput output) {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(500));
    runner
        .withPropertyValues(
            "splitio.start-suspended=true",
            "splitio.ready.timeout=300ms",
            "splitio.ready.fail-fast=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output.getOut().split("Flags were not ready within 300ms", -1))
                  .as("once, as the second wait is what was left of the first")
                  .hasSize(2);
            });
  }

  @Test
  void startThatEndsSuspendedInTheBackgroundIsNotStoppedByARefusedKey(CapturedOutput output) {
    cloud.behaviour().acceptKeys("another");
    runner
        .withPropertyValues("splitio.start-suspended=true", "splitio.ready.block=background")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("Flags cannot be loaded: The service refuses the SDK key");
            });
  }

  @Test
  void endOfTheContextTakesNoLongerThanAllowedWhenTheCloudHangs() {
    long[] closing = new long[1];
    runner
        .withPropertyValues("splitio.shutdown.timeout=2s")
        .run(
            context -> {
              cloud.streaming().awaitConnections(1, SOON);
              cloud.faults().always(Fault.hang());
              context.getBean(SplitClient.class).track("anna", "user", "bought");
              closing[0] = System.nanoTime();
              context.getSourceApplicationContext().close();
              closing[0] = System.nanoTime() - closing[0];
            });

    assertThat(Duration.ofNanos(closing[0])) // and not twice as long, for the stop and the end
        .isBetween(Duration.ofMillis(1500), Duration.ofMillis(3500));
  }

  @Test
  void startThatFailsTakesNoLongerToEndThanAllowedWhenTheCloudHangs() {
    FailingStart failing = new FailingStart();
    long[] ended = new long[1];
    runner
        .withPropertyValues("splitio.shutdown.timeout=2s")
        .withBean(FailingStart.class, () -> failing)
        .run(
            context -> {
              ended[0] = System.nanoTime();
              assertThat(context).hasFailed();
            });

    assertThat(Duration.ofNanos(ended[0] - failing.failedAt)) // and not twice as long
        .isBetween(Duration.ofMillis(1500), Duration.ofMillis(3500));
  }

  @Test
  void endOfTheContextDeliversWhatIsQueuedOnce() {
    runner.run(
        context -> {
          treatment(context);
          context.getBean(SplitClient.class).track("anna", "user", "bought");
        });

    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    assertThat(cloud.received().events().total()).isEqualTo(1);
    assertThat(cloud.requests().of(Endpoint.EVENTS)).hasSize(1);
  }

  @Test
  void applicationStartsWithoutTheCloudAndServesFlagsWhenItIsBack(CapturedOutput output) {
    try (FaultProxy line = FaultProxy.to(URI.create(cloud.url()))) {
      line.refuse();
      elsewhere
          .withPropertyValues("splitio.endpoints.all=" + line.url(), "splitio.ready.timeout=300ms")
          .run(
              context -> {
                assertThat(output)
                    .contains("Flags were not ready within 300ms (Definitions could not be")
                    .contains("the application starts");
                assertThat(treatment(context)).isEqualTo("control");

                line.accept();
                context.getBean(SplitFactory.class).retryNow();

                serves(context, "v2");
              });
    }
  }

  @Test
  void applicationStartsWithTheDefinitionsOfTheLastRunWhenTheCloudIsAway(@TempDir Path directory) {
    String kept = "splitio.sync.snapshot-file=" + directory.resolve("flags");
    runner.withPropertyValues(kept).run(context -> assertThat(treatment(context)).isEqualTo("v2"));
    cloud.faults().always(Fault.status(500));

    runner
        .withPropertyValues(kept)
        .run(
            context -> {
              assertThat(treatment(context)).isEqualTo("v2");
              assertThat(context.getBean(SplitFactory.class).status())
                  .isEqualTo(SdkStatus.READY_FROM_CACHE);
            });
  }

  @Test
  void applicationInTheBackgroundWaitsForNothing() {
    cloud.faults().always(Fault.hang());
    runner
        .withPropertyValues("splitio.ready.block=background", "splitio.ready.timeout=1h")
        .run(
            context -> {
              assertThat(treatment(context)).isEqualTo("control");
              cloud.faults().clear();
              context.getBean(SplitFactory.class).retryNow();
              serves(context, "v2");
            });
  }

  @Test
  void refusedKeyInTheBackgroundLeavesTheApplicationRunning() {
    cloud.behaviour().acceptKeys("another");
    runner
        .withPropertyValues("splitio.ready.block=background")
        .run(
            context -> {
              SplitFactory factory = context.getBean(SplitFactory.class);
              await().atMost(SOON).until(() -> factory.health().fatal());
              assertThat(factory.health().problem()).contains("refuses the SDK key", "401");

              cloud.behaviour().acceptKeys(KEY);
              factory.retryNow();

              serves(context, "v2");
            });
  }

  private void nothingRuns() {
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(
            () -> {
              assertThat(SdkThreads.alive()).isEmpty();
              assertThat(cloud.openConnections()).isZero();
            });
  }

  private static void streams(SplitFactory factory) {
    await().atMost(SOON).until(() -> factory.health().streaming() == SdkHealth.Streaming.UP);
  }

  /** Starts after the SDK, and fails, as a web server does whose port is taken. */
  private final class FailingStart implements SmartLifecycle {
    @Autowired private SplitClient client;
    private long failedAt;

    @Override
    public void start() {
      cloud.faults().always(Fault.hang());
      client.track("anna", "user", "bought");
      failedAt = System.nanoTime();
      throw new IllegalStateException("the port is taken");
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }

  /** Looks at the SDK after the beans were made and before anything is started. */
  private static final class Checkpoint implements SmartLifecycle {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    @Autowired private SplitFactory factory;

    @Override
    public int getPhase() {
      return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
      await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> SdkThreads.alive().isEmpty());
      String treatment = factory.client().getTreatment("anna", "checkout");
      seen.add(factory.status() + " " + treatment + " " + SdkThreads.alive().size() + " threads");
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
