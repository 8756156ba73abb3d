package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.api.SdkStatus;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.testing.LogCapture;
import io.splitio.testing.SdkThreadsAlive;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A start with definitions kept from an earlier run. */
class SnapshotFileTest extends CloudFixture {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("flags");
  }

  private SplitConnector kept() {
    return connector().snapshotFile(file());
  }

  private void oneRun(SplitConnector connector) {
    ready(connector).destroy();
  }

  private void serviceIsDown() {
    List.of(Endpoint.SPLIT_CHANGES, Endpoint.SEGMENT_CHANGES, Endpoint.AUTH)
        .forEach(endpoint -> cloud.faults().always(endpoint, Fault.status(503)));
  }

  private static void becomes(SplitFactory factory, SdkStatus status) {
    await().atMost(SOON).until(() -> factory.status() == status);
  }

  @Test
  void aStartWithoutTheServiceAnswersFromTheFileAndThenSynchronises() throws Exception {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    serviceIsDown();
    SplitFactory factory = start(kept());
    factory.blockUntilReady(SOON);
    assertThat(factory.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
    assertThat(factory.health().problem()).contains("503");
    cloud.faults().clear();
    cloud.flags().put(Flag.named("banner").otherwise("newer"));
    factory.retryNow();
    serves(factory, "u1", "banner", "newer");
    becomes(factory, SdkStatus.READY);
  }

  @Test
  void aStartAtAnAddressWhereNobodyListensAnswersFromTheFile() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    cloud.close();
    SplitFactory factory = ready(kept());
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
    assertThat(factory.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
  }

  @Test
  void aServiceThatAcceptsARequestAndHangsDoesNotHoldUpWhoWaits() throws Exception {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    SplitFactory factory = start(kept());
    factory.blockUntilReady(SOON);
    assertThat(factory.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
  }

  @Test
  void segmentsAndRuleBasedSegmentsAreKeptToo() {
    cloud.behaviour().segmentPageSize(1).pageSize(1);
    cloud.segment("beta").add("u1").add("u2").add("u3").remove("u2");
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").segment("beta").excludeKeys("u3"));
    cloud.flags().put(Flag.named("plain").inSegment("beta", "in").otherwise("out"));
    cloud.flags().put(Flag.named("ruled").inRuleBasedSegment("vip", "in").otherwise("out"));
    oneRun(kept());
    serviceIsDown();
    SplitFactory factory = ready(kept());
    serves(factory, "u1", "plain", "in");
    serves(factory, "u2", "plain", "out");
    serves(factory, "u3", "plain", "in");
    serves(factory, "u1", "ruled", "in");
    serves(factory, "u3", "ruled", "out");
  }

  @Test
  void aSegmentThatLeftUseAndReturnedIsKeptAsItReturned() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "in").otherwise("out"));
    SplitFactory first = streaming(kept());
    cloud.flags().put(Flag.named("banner").otherwise("none"));
    serves(first, "u1", "banner", "none");
    cloud.segment("beta").remove("u1").add("u2");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "in").otherwise("out"));
    serves(first, "u2", "banner", "in");
    first.destroy();
    serviceIsDown();
    SplitFactory factory = ready(kept());
    serves(factory, "u2", "banner", "in");
    serves(factory, "u1", "banner", "out");
  }

  @Test
  void anAnswerThatWasNotAcceptedIsNotInTheFile() {
    cloud.segment("beta").add("u1").add("u2");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "in").otherwise("out"));
    SplitFactory first = ready(quick(kept().withoutStreaming()));
    String older = "{\"name\":\"beta\",\"added\":[\"u1\"],\"removed\":[],\"since\":-1,\"till\":1}";
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, Fault.body("application/json", older));
    await().atMost(SOON).until(() -> cloud.faults().happened() > 0);
    cloud.segment("beta").add("u3");
    serves(first, "u3", "banner", "in");
    first.destroy();
    serviceIsDown();
    SplitFactory factory = ready(kept());
    serves(factory, "u2", "banner", "in");
    serves(factory, "u3", "banner", "in");
  }

  @Test
  void whatCameOverTheStreamIsInTheFile() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("sent").otherwise("old"));
    cloud.flags().put(Flag.named("killed").otherwise("on").defaultTreatment("off"));
    cloud.flags().put(Flag.named("segmented").inSegment("beta", "in").otherwise("out"));
    SplitFactory first = streaming(kept());
    cloud.flags().put(Flag.named("sent").otherwise("new"));
    serves(first, "u1", "sent", "new");
    cloud.segment("beta").add("u2");
    serves(first, "u2", "segmented", "in");
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u9"));
    cloud.flags().put(Flag.named("ruled").inRuleBasedSegment("vip", "in").otherwise("out"));
    serves(first, "u9", "ruled", "in");
    serviceIsDown(); // so that what is known of the kill is what the stream said
    cloud.flags().kill("killed", "dead");
    serves(first, "u1", "killed", "dead");
    first.destroy();
    SplitFactory second = ready(kept());
    assertThat(second.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    serves(second, "u1", "sent", "new");
    serves(second, "u2", "segmented", "in");
    serves(second, "u9", "ruled", "in");
    serves(second, "u1", "killed", "dead");
  }

  @Test
  void anotherKeyAndOtherFlagSetsDoNotOpenTheFile() {
    cloud.flags().put(Flag.named("banner").sets("web").otherwise("on"));
    oneRun(kept());
    serviceIsDown();
    SplitConnector otherKey =
        SplitConnector.sdkKey("another-key-abcd")
            .endpoint(URI.create(cloud.url()))
            .snapshotFile(file());
    List<SplitFactory> others =
        List.of(start(otherKey), start(kept(), CONFIG.withFlagSets(Set.of("web"))));
    for (SplitFactory other : others) {
      await().atMost(SOON).until(() -> other.health().problem() != null);
      assertThat(other.client().getTreatment("u1", "banner")).isEqualTo("control");
      assertThat(other.status()).isEqualTo(SdkStatus.NOT_READY);
    }
  }

  @Test
  void theFileNeverMakesAFlagOlderThanTheServiceSays() {
    cloud.flags().put(Flag.named("banner").otherwise("old"));
    cloud.flags().put(Flag.named("gone").otherwise("on"));
    oneRun(kept());
    cloud.flags().put(Flag.named("banner").otherwise("new"));
    cloud.flags().archive("gone");
    SplitFactory factory = ready(kept());
    becomes(factory, SdkStatus.READY);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("new");
    assertThat(factory.client().getTreatment("u1", "gone")).isEqualTo("control");
  }

  @Test
  void anEnvironmentThatWasSetBackWinsOverTheFile() {
    cloud.flags().put(Flag.named("banner").otherwise("before"));
    String flag = cloud.flags().get("banner").orElseThrow();
    String early =
        "{\"ff\":{\"s\":-1,\"t\":5,\"d\":["
            + flag.replaceAll("changeNumber\":\\d+", "changeNumber\":5")
            + "]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}";
    cloud.flags().put(Flag.named("banner").otherwise("after"));
    oneRun(kept());
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.body("application/json", early));
    SplitFactory factory = ready(kept());
    becomes(factory, SdkStatus.READY);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("before");
  }

  @Test
  void aCacheOnTheWayThatLagsBehindTheFileIsPassedBy() {
    cloud.flags().put(Flag.named("banner").otherwise("old"));
    SplitFactory first = streaming(kept());
    cloud.freezeReads();
    long newest = cloud.flags().put(Flag.named("banner").otherwise("new"));
    serves(first, "u1", "banner", "new");
    first.destroy();
    Collection<Set<String>> told = new ConcurrentLinkedQueue<>();
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.delay(Duration.ofMillis(300)));
    SplitFactory second = start(kept(), CONFIG.withFlagChangeListener(told::add));
    becomes(second, SdkStatus.READY);
    assertThat(second.client().getTreatment("u1", "banner")).isEqualTo("new");
    assertThat(asked(Endpoint.SPLIT_CHANGES)).anyMatch(to -> to.endsWith("&till=" + newest));
    assertThat(told).containsExactly(Set.of("banner"));
  }

  @Test
  void listenersHearOnlyOfWhatDiffersFromTheFile() {
    cloud.flags().put(Flag.named("same").otherwise("on"));
    cloud.flags().put(Flag.named("other").otherwise("on"));
    oneRun(kept());
    cloud.flags().put(Flag.named("other").otherwise("off"));
    serviceIsDown();
    Collection<Set<String>> told = new ConcurrentLinkedQueue<>();
    SplitFactory factory = start(kept(), CONFIG.withFlagChangeListener(told::add));
    await().atMost(SOON).until(() -> told.size() == 1);
    cloud.faults().clear();
    factory.retryNow();
    await().atMost(SOON).until(() -> told.size() == 2);
    assertThat(told).containsExactly(Set.of("same", "other"), Set.of("other"));
  }

  @Test
  void aFlagTheFileDoesNotKnowIsUnknownAndNotTooEarly() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    serviceIsDown();
    SplitFactory factory = ready(kept());
    assertThat(factory.client().evaluate(Key.of("u1"), "nothing", Map.of()).label())
        .isEqualTo("definition not found");
  }

  @Test
  void aRefusedKeyDoesNotKeepKeptDefinitionsFromBeingServed() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    cloud.behaviour().acceptKeys("another");
    SplitFactory factory = ready(kept());
    assertThat(factory.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void aFileThatIsNoneIsToldOfAndTheStartGoesOn() throws IOException {
    Files.writeString(file(), "not what was kept");
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(kept());
      serves(factory, "u1", "banner", "on");
      assertThat(log.lines())
          .containsExactly(
              "WARN The file "
                  + file()
                  + " of kept definitions is not used: it holds definitions of another SDK key, of"
                  + " other flag sets, or of another version. It is replaced when definitions have"
                  + " been loaded");
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenStopsNothing() throws IOException {
    Path blocked = Files.writeString(folder.resolve("plain"), "a file").resolve("flags");
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(connector().snapshotFile(blocked));
      serves(factory, "u1", "banner", "on");
      factory.destroy();
      assertThat(log.lines()).hasSize(1).first().asString().contains("cannot be kept in");
    }
  }

  @Test
  void theFileHoldsNeitherTheKeyNorAnythingComputedFromItInClear() throws IOException {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    String content = Files.readString(file(), StandardCharsets.ISO_8859_1);
    assertThat(content).contains("\"banner\"").doesNotContain(KEY).doesNotContain("wxyz");
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactly(file());
    }
  }

  @Test
  void aSuspendedInstanceHasWrittenAllAndLeavesNoThread() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SdkThreadsAlive threads = new SdkThreadsAlive();
    SplitFactory factory = ready(kept());
    factory.suspend();
    assertThat(file()).isNotEmptyFile();
    threads.awaitNone();
    serviceIsDown();
    serves(ready(kept()), "u1", "banner", "on");
  }

  private List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        if (Files.isSymbolicLink(each)) {
          open.add(Files.readSymbolicLink(each).toString());
        }
      }
    } catch (NoSuchFileException closedMeanwhile) {
      return openFiles();
    }
    open.removeIf(name -> !name.startsWith(folder.toString()));
    return open;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSuspendedInstanceHasNoFileOpenAndKeepsMoreWhenItGoesOn() throws IOException {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SplitFactory factory = streaming(kept());
    assertThat(openFiles()).hasSize(1);
    factory.suspend();
    assertThat(openFiles()).isEmpty();
    cloud.flags().put(Flag.named("banner").otherwise("newer"));
    factory.resume();
    serves(factory, "u1", "banner", "newer");
    factory.destroy();
    serviceIsDown();
    serves(ready(kept()), "u1", "banner", "newer");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStartThatLoadsOnceLeavesNoFileOpen() throws IOException {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SplitFactory factory = ready(start(kept(), CONFIG.withStartSuspended()));
    becomes(factory, SdkStatus.SUSPENDED);
    await().atMost(SOON).untilAsserted(() -> assertThat(openFiles()).isEmpty());
    assertThat(file()).isNotEmptyFile();
  }

  @Test
  void aStartThatLoadsOnceMayDoSoFromTheFile() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    oneRun(kept());
    serviceIsDown();
    SplitConfig config = CONFIG.withStartSuspended();
    SplitFactory factory = ready(start(kept(), config));
    becomes(factory, SdkStatus.SUSPENDED);
    serves(factory, "u1", "banner", "on");
    cloud.faults().clear();
    factory.resume();
    becomes(factory, SdkStatus.READY);
  }

  @Test
  void aPathThatNamesNoFileIsRefused() {
    assertThatThrownBy(() -> connector().snapshotFile(Path.of("/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("snapshotFile is '/'; it must name a file, such as /var/lib/app/flags");
    assertThatThrownBy(() -> connector().snapshotFile(Path.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
