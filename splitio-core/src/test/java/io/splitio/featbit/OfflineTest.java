package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.featbit.FeatBitState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags from documents, without a connection (FeatBit specification 7). */
class OfflineTest {
  private static final FeatBitUser ANA = FeatBitUser.of("ana", "Ana");

  private final FeatBitClient client = FeatBitClient.start(FeatBitConnector.offline());

  @AfterEach
  void end() {
    client.close();
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = OfflineTest.class.getResourceAsStream("/featbit/" + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void itIsReadyAtOnceWithoutFlags() {
    assertThat(client.isOffline()).isTrue();
    assertThat(client.isInitialized()).isTrue();
    assertThat(client.getDataUpdateStatusProvider().getState().type())
        .isEqualTo(FeatBitState.Type.OK);
    assertThat(client.variationDetail("f", ANA, "d").reason()).isEqualTo("flag not found");
  }

  private static List<String[]> expected() throws IOException {
    return resource("expected.csv")
        .lines()
        .filter(line -> line.startsWith("full|"))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  /** The user of the worked example with that key. */
  private static FeatBitUser user(String key) throws IOException {
    String[] cells =
        resource("users.csv")
            .lines()
            .map(line -> line.split("\\|", -1))
            .filter(columns -> columns[0].equals(key))
            .findFirst()
            .orElseThrow();
    FeatBitUser user = FeatBitUser.of(key, key);
    for (String pair : cells[1].split(";", -1)) {
      String[] sides = pair.split("=", -1);
      user = sides.length == 2 ? user.with(sides[0], sides[1]) : user;
    }
    return user;
  }

  @ParameterizedTest
  @MethodSource("expected")
  void aDocumentDecidesLikeTheServersMessages(
      String unused, String user, String flag, String id, String reason) throws IOException {
    assertThat(client.initializeFromExternalJson(resource("full.json"))).isTrue();
    EvalDetail<String> detail = client.variationDetail(flag, user(user), "d");
    assertThat(detail.reason()).isEqualTo(reason);
    assertThat(detail.isDefaultVariation()).isFalse();
  }

  @Test
  void aDocumentThatIsNotNewerChangesNothing() throws IOException {
    assertThat(client.initializeFromExternalJson(resource("full.json"))).isTrue();
    String other = resource("full.json").replace("\"banner-text\"", "\"other\"");
    assertThat(client.initializeFromExternalJson(other)).isTrue();
    assertThat(client.isFlagKnown("other")).isFalse();
    assertThat(client.isFlagKnown("banner-text")).isTrue();
  }

  @Test
  void aPatchCountsAsAFullSet() throws IOException {
    String patch = resource("full.json").replace("\"full\"", "\"patch\"");
    assertThat(client.initializeFromExternalJson(patch)).isTrue();
    assertThat(client.isFlagKnown("banner-text")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "[]", "no json", "{\"messageType\":\"pong\",\"data\":{}}"})
  void whatIsNoDocumentIsRefused(String text) {
    assertThat(client.initializeFromExternalJson(text)).isFalse();
    assertThat(client.isInitialized()).isTrue();
  }

  @Test
  void whoIsOnlineTakesNoDocument() throws IOException {
    FeatBitConnector connector =
        FeatBitConnector.secret("secret")
            .streaming(URI.create("ws://localhost:1"))
            .events(URI.create("http://localhost:1"));
    try (FeatBitClient online =
        FeatBitClient.start(connector, SplitConfig.defaults(), Duration.ZERO)) {
      assertThat(online.initializeFromExternalJson(resource("full.json"))).isFalse();
      assertThat(online.isOffline()).isFalse();
    }
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    try (SplitFactory factory =
        SplitFactory.create(FeatBitConnector.offline(Path.of("missing.json")))) {
      assertThatThrownBy(() -> factory.ready().join()).hasMessageContaining("missing.json");
      assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
      assertThat(factory.health().problem()).contains("missing.json").contains("NoSuchFile");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoBlocksForAFileThatCannotBeUsedIsToldAtOnce() {
    try (SplitFactory factory =
        SplitFactory.create(FeatBitConnector.offline(Path.of("missing.json")))) {
      assertThatThrownBy(() -> factory.blockUntilReady(Duration.ofHours(1)))
          .hasMessageContaining("missing.json");
    }
  }

  /** As a pipe is, of which nobody knows whether it ever ends. */
  @Test
  void whatIsNoFileIsNotRead(@TempDir Path folder) {
    try (SplitFactory factory = SplitFactory.create(FeatBitConnector.offline(folder))) {
      assertThatThrownBy(() -> factory.ready().join())
          .hasMessageEndingWith("cannot be used: it is no regular file");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFileThatCannotBeUsedReleasesWhoWaitsAndADocumentTakesItsPlace() throws Exception {
    try (SplitFactory factory =
        SplitFactory.create(FeatBitConnector.offline(Path.of("missing.json")))) {
      FeatBitClient offline = FeatBitClient.of(factory);
      StatusProvider status = offline.getDataUpdateStatusProvider();
      assertThat(status.waitForOKState(Duration.ZERO)).isFalse();
      assertThat(String.valueOf(status.getState().error()))
          .contains("Data Storage init error", "missing.json");
      assertThat(offline.initializeFromExternalJson(resource("full.json"))).isTrue();
      assertThat(status.waitForOKState(Duration.ZERO)).isTrue();
      assertThat(factory.status()).isEqualTo(SdkStatus.READY);
      assertThat(factory.health().problem()).isNull();
      assertThat(offline.isFlagKnown("banner-text")).isTrue();
    }
  }

  @Test
  void nothingIsRecorded() {
    client.trackMetric(ANA, "purchase");
    client.flush();
    try (SplitFactory factory = SplitFactory.create(FeatBitConnector.offline())) {
      assertThat(FeatBitClient.of(factory).identify(ANA)).isTrue();
      assertThat(factory.health().events().accepted()).isZero();
    }
  }
}
