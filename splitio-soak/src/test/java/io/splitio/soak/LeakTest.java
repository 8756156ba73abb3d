package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.http.Fault;
import io.splitio.soak.rig.Backends;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.ProcessFigures;
import io.splitio.soak.rig.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** what is made, used and ended leaves nothing. {@code -Dsoak.cycles} makes more of it. */
class LeakTest {
  private static final int CYCLES = Integer.getInteger("soak.cycles", 200);
  private static final int WARM_UP = 60;
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final long MEGABYTE = 1L << 20;

  @TempDir Path folder;
  private final Backends backends = Backends.start();
  private final SplitCloud cloud = backends.cloud();

  /** How an instance lives. */
  enum Mode {
    POLLING {
      @Override
      Connector connector(LeakTest test) {
        return test.cloudConnector().withoutStreaming();
      }
    },
    STREAMING {
      @Override
      Connector connector(LeakTest test) {
        return test.cloudConnector();
      }

      @Override
      void used(LeakTest test) {
        test.cloud.streaming().awaitConnections(1, LIMIT);
      }
    },
    STREAMING_REFUSED {
      @Override
      Connector connector(LeakTest test) {
        test.cloud.faults().always(Endpoint.STREAM, Fault.status(500));
        return test.cloudConnector();
      }
    },
    LOCALHOST {
      @Override
      Connector connector(LeakTest test) {
        try {
          return LocalhostConnector.file(
              Files.writeString(test.folder.resolve("flags.split"), "f on\n"));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    },
    FEATBIT {
      @Override
      Connector connector(LeakTest test) {
        return Backends.featbit(
            test.backends.featbit().streaming(), test.backends.featbit().events());
      }

      @Override
      void used(LeakTest test) {
        test.backends.featbit().awaitConnected(1, LIMIT);
      }
    },
    REDIS {
      @Override
      Connector connector(LeakTest test) {
        return Backends.redis(test.backends.redisPort());
      }
    };

    abstract Connector connector(LeakTest test);

    void used(LeakTest test) {}
  }

  /** What a process holds. */
  private record Held(long threads, long descriptors, long sockets, int hooks, long heap) {
    /** The heap first: a few sockets are closed for good when the JVM collects what held them. */
    private static Held now(int... ports) {
      long heap = ProcessFigures.heap();
      return new Held(
          ProcessFigures.sdkThreads().size(),
          ProcessFigures.descriptors(),
          Arrays.stream(ports).mapToLong(ProcessFigures::sockets).sum(),
          ProcessFigures.shutdownHooks(),
          heap);
    }
  }

  @BeforeEach
  void serve() {
    cloud.requests().keepLast(0);
    cloud.received().impressions().countOnly();
    cloud.received().events().countOnly();
    cloud.received().telemetryConfig().countOnly();
    cloud.received().telemetryUsage().countOnly();
    backends.featbit().requests().keepLast(0);
    backends.featbit().received().countOnly();
  }

  @AfterEach
  void end() {
    backends.close();
  }

  private SplitConnector cloudConnector() {
    return Backends.cloud(cloud.url());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsMadeUsedAndEndedLeavesNothing(Mode mode) {
    for (int i = 0; i < WARM_UP; i++) {
      cycle(mode);
    }
    Held before = settled();
    for (int i = 0; i < CYCLES; i++) {
      cycle(mode);
    }
    Held after = settled();
    Report.say(
        "Q-11: %s, %d cycles: threads %+d, descriptors %+d, sockets %+d, hooks %+d, heap %+d kB",
        mode,
        CYCLES,
        after.threads - before.threads,
        after.descriptors - before.descriptors,
        after.sockets - before.sockets,
        after.hooks - before.hooks,
        (after.heap - before.heap) / 1024);
    assertThat(after.threads).as("threads").isZero();
    assertThat(after.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors);
    assertThat(after.sockets).as("sockets").isZero();
    assertThat(after.hooks).as("hooks").isEqualTo(before.hooks);
    assertThat(after.heap - before.heap).as("heap").isLessThan(MEGABYTE);
  }

  private void cycle(Mode mode) {
    SplitFactory factory =
        SplitFactory.create(
            mode.connector(this), SplitConfig.defaults().withImpressionMode(ImpressionMode.DEBUG));
    factory.ready().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    for (int i = 0; i < 50; i++) {
      assertThat(factory.client().getTreatment("u" + i, "f")).isEqualTo("on");
      factory.client().track("u" + i, "user", "bought");
    }
    mode.used(this);
    factory.destroy();
    cloud.faults().clear();
  }

  /** Waits until the peer has noticed too; its end of a connection is in this process as well. */
  private Held settled() {
    Patience.await(
        LIMIT,
        "all is closed",
        () ->
            backends.connections() == 0 && ProcessFigures.sdkThreads().isEmpty()
                ? List.of()
                : List.of(backends.connections() + " connections, " + ProcessFigures.sdkThreads()));
    return Held.now(cloud.port(), backends.featbit().port(), backends.redisPort());
  }
}
