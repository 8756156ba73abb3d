package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.stream.Inline;
import io.splitio.testing.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that other SDKs did not survive, and what holds here instead. */
@Timeout(60)
class SurvivedFaultsTest extends CloudFixture {
  private static Set<Thread> sdkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("splitio-(sync|http|stream|changes)-.*"))
        .collect(Collectors.toSet());
  }

  private static long secondsOf(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }

  /** An inline definition with any bytes in it. */
  private void announce(long previous, byte[] data) {
    cloud
        .streaming()
        .notification(
            "{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":"
                + (previous + 1_000_000)
                + ",\"pcn\":"
                + previous
                + ",\"c\":2,\"d\":\""
                + Base64.getEncoder().encodeToString(data)
                + "\"}");
  }

  private static byte[] zlib(byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(data);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  /** P-2. */
  @Test
  void aTricklingAnswerEndsAtItsDeadlineAndHoldsUpNoDestroy() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.trickle(1, Duration.ofMillis(100)));
    SplitFactory factory =
        start(
            connector()
                .http(
                    http -> http.withTimeouts(http.timeouts().withTotal(Duration.ofMillis(500)))));
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 2, SOON);
    assertThat(secondsOf(factory::destroy)).isLessThan(6);
    cloud.faults().clear();
  }

  /** P-2. */
  @Test
  void destroyEndsAnAnswerThatTricklesForAMinute() {
    Set<Thread> before = sdkThreads();
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    SplitFactory factory = start(connector());
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    assertThat(secondsOf(factory::destroy)).isLessThan(2);
    nothingRunsExcept(before);
    cloud.faults().clear();
  }

  private static void nothingRunsExcept(Set<Thread> before) {
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(sdkThreads())
                    .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
                    .isEmpty());
  }

  @Test
  void destroyClosesTheStreamAndLeavesNoThread() {
    Set<Thread> before = sdkThreads();
    SplitFactory factory = streaming();
    factory.destroy();
    cloud.streaming().awaitConnections(0, SOON);
    nothingRunsExcept(before);
  }

  /** P-3. */
  @Test
  void aDefinitionThatIsCutOffIsFetchedAndTheStreamGoesOn() {
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    SplitFactory factory = streaming();
    byte[] whole = zlib("{\"name\":\"x\",\"status\":\"ARCHIVED\"}".getBytes(UTF_8));
    for (byte[] data : List.of(Arrays.copyOf(whole, whole.length - 8), new byte[0])) {
      cloud.requests().clear();
      announce(cloud.flags().changeNumber(), data);
      cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    }
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
  }

  /** P-4. */
  @Test
  void aDefinitionThatIsABombIsFetchedAndTheStreamGoesOn() {
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.requests().clear();
    announce(cloud.flags().changeNumber(), zlib(new byte[40 << 20]));
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
  }

  /** P-9. */
  @Test
  void anInstanceWhoseStreamIsNeverAnsweredDoesNotHoldUpAnother() {
    cloud.faults().always(Endpoint.STREAM, Fault.hang());
    ready(connector());
    cloud.requests().await(Endpoint.STREAM, 1, SOON);
    try (SplitCloud other = SplitCloud.start()) {
      SplitFactory second =
          ready(start(SplitConnector.sdkKey("other-key").endpoint(URI.create(other.url()))));
      other.streaming().awaitConnections(1, SOON);
      assertThat(secondsOf(second::destroy)).isLessThan(2);
    }
    cloud.faults().clear();
  }

  /** P-10. */
  @Test
  void nothingThatIsLoggedContainsATokenOrTheKey() {
    try (LogCapture log = LogCapture.everything()) {
      cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.status(403));
      SplitFactory refused = start(connector());
      await().atMost(SOON).until(() -> refused.health().fatal());
      refused.destroy();
      cloud.faults().next(Endpoint.STREAM, Fault.status(500));
      cloud.faults().next(Endpoint.STREAM, Fault.reset());
      streaming();
      String all = String.join("\n", log.lines());
      assertThat(all).isNotEmpty().doesNotContain("accessToken", "eyJ", KEY);
    }
  }

  /** P-12. */
  @Test
  void threadsAreFewAndNoneKeepsTheJvmAlive() {
    Set<Thread> before = sdkThreads();
    cloud.faults().always(Endpoint.AUTH, Fault.status(500));
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    ready(connector());
    cloud.requests().await(Endpoint.AUTH, 1, SOON);
    Set<Thread> own = sdkThreads();
    own.removeAll(before);
    assertThat(own).isNotEmpty().allMatch(Thread::isDaemon);
    assertThat(own).filteredOn(thread -> thread.getName().contains("-sync-")).hasSizeLessThan(3);
    assertThat(own).filteredOn(thread -> thread.getName().contains("-http-")).hasSizeLessThan(11);
    assertThat(own).filteredOn(thread -> thread.getName().contains("-stream-")).isEmpty();
  }

  /** P-13. */
  @Test
  void anEndDuringTheStartIsQuiet() {
    cloud.streaming().inline(Inline.NONE);
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    cloud.segment("beta").add("u1");
    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 60; i++) {
        SplitFactory factory = SplitFactory.create(connector(), CONFIG);
        if (i % 3 != 0) {
          cloud.requests().await(Endpoint.SPLIT_CHANGES, i % 4, SOON);
        }
        factory.destroy();
        cloud.requests().clear();
      }
      cloud.streaming().awaitConnections(0, SOON);
      assertThat(log.lines()).isEmpty();
    }
  }
}
