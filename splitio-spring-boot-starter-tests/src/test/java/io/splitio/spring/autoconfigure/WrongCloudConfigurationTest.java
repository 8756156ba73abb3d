package io.splitio.spring.autoconfigure;

import static io.splitio.spring.autoconfigure.FailedStart.assertFailure;
import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.http.Fault;
import io.splitio.spring.SdkThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads on the console when an application of the cloud does not start. */
@ExtendWith(OutputCaptureExtension.class)
class WrongCloudConfigurationTest {
  private static final String KEY = "splitio.api-key=canary-0123456789";
  private static final String NEVER = "splitio.endpoints.all=http://127.0.0.1:1";

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          splitio.sync.features-refresh-rate=4s    | 4000ms   | It must be at least 5s.
          splitio.sync.segments-refresh-rate=29    | 29000ms  | It must be at least 30s.
          splitio.sync.segments-concurrency=0      | 0        | It must be from 1 to 100.
          splitio.sync.segments-concurrency=101    | 101      | It must be from 1 to 100.
          splitio.sync.snapshot-file=https://host/flags | https://host/flags | It must name a file, for example /var/lib/app/flags, or start with "file:".
          splitio.sync.snapshot-file=/             | /        | It must name a file, for example /var/lib/app/flags, or start with "file:".
          splitio.streaming.reconnect-backoff-base=0  | 0ms   | It must be from 1s to 60s.
          splitio.streaming.auth-backoff-base=61      | 61000ms | It must be from 1s to 60s.
          splitio.streaming.open-timeout=0         | 0ms      | It must be from 1ms to 1d, for example 10s.
          splitio.streaming.idle-timeout=-1s       | -1000ms  | It must be from 1ms to 1d, for example 10s.
          splitio.http.connect-timeout=0s          | 0ms      | It must be from 1ms to 1d, for example 10s.
          splitio.http.read-timeout=25h            | 90000000ms | It must be from 1ms to 1d, for example 10s.
          splitio.http.total-timeout=0             | 0ms      | It must be from 1ms to 1d, for example 10s.
          splitio.http.max-payload=0B              | 0B       | It must be at least 1B, for example 256MB.
          splitio.http.max-segment-payload=-1MB    | -1048576B | It must be at least 1B, for example 256MB.
          splitio.impressions.refresh-rate=59s     | 59000ms  | In mode OPTIMIZED it must be at least 60s. Shorter ones go with mode DEBUG.
          splitio.impressions.queue-size=0         | 0        | It must be at least 1.
          splitio.impressions.bulk-size=5001       | 5001     | It must be from 1 to 5000.
          splitio.impressions.observer-size=499    | 499      | It must be from 500 to 10000000.
          splitio.events.push-rate=500ms           | 500ms    | It must be at least 1s.
          splitio.events.queue-size=-1             | -1       | It must be at least 1.
          splitio.events.bulk-size=0               | 0        | It must be from 1 to 5000.
          splitio.telemetry.refresh-rate=59s       | 59000ms  | It must be at least 60s.
          splitio.endpoints.sdk=split.example.com  | split.example.com | It must be a whole address, for example https://split.example.com.
          splitio.endpoints.events=ftp://host/     | ftp://host/ | It must be a whole address, for example https://split.example.com.
          splitio.endpoints.auth=https:///auth     | https:///auth | It must be a whole address, for example https://split.example.com.
          splitio.endpoints.streaming=/sse         | /sse     | It must be a whole address, for example https://split.example.com.
          splitio.endpoints.telemetry=http://10.0.0.7/api/v1 | http://10.0.0.7/api/v1 | It must start with https, unless it is on this machine. To send the SDK key unencrypted nevertheless, set splitio.http.allow-insecure=true.
          splitio.http.ssl-bundle=cloud            | "cloud"  | It must be the name of a bundle below spring.ssl.bundle; there are none.
          """)
  void valueThatCannotBe(String property, String value, String accepted, CapturedOutput output) {
    start(KEY, NEVER, property);

    String name = property.substring(0, property.indexOf('='));
    assertFailure(output, name + " is " + value + ".", accepted);
    assertThat(output).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "splitio.start-suspended=perhaps",
        "splitio.ip-addresses-enabled=perhaps",
        "splitio.streaming.enabled=perhaps",
        "splitio.telemetry.enabled=perhaps",
        "splitio.http.allow-insecure=perhaps",
        "splitio.http.proxy.secure=perhaps",
        "splitio.http.proxy.from-environment=perhaps",
        "splitio.http.proxy.port=perhaps",
        "splitio.impressions.mode=perhaps",
        "splitio.http.max-payload=perhaps",
        "splitio.endpoints.all=per haps"
      })
  void valueOfTheWrongKind(String property, CapturedOutput output) {
    start(KEY, property);

    int equals = property.indexOf('=');
    assertThat(output)
        .contains("Property: " + property.substring(0, equals))
        .contains("Value: \"" + property.substring(equals + 1) + "\"");
  }

  @Test
  void modeOfImpressionsThatDoesNotExistTellsThoseThatDo(CapturedOutput output) {
    start(KEY, "splitio.impressions.mode=all");

    assertThat(output).contains("DEBUG").contains("NONE").contains("OPTIMIZED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          splitio.http.proxy.port=3128           | There are properties below splitio.http.proxy, but splitio.http.proxy.host is not set. | Set splitio.http.proxy.host, or remove the others.
          splitio.http.proxy.bearer-token=canary | There are properties below splitio.http.proxy, but splitio.http.proxy.host is not set. | Set splitio.http.proxy.host, or remove the others.
          splitio.http.proxy.secure=true         | There are properties below splitio.http.proxy, but splitio.http.proxy.host is not set. | Set splitio.http.proxy.host, or remove the others.
          splitio.http.proxy.host=proxy          | splitio.http.proxy.host is set, but splitio.http.proxy.port is not. | Set it to the port of the proxy, for example 3128.
          """)
  void halfAProxy(String property, String description, String action, CapturedOutput output) {
    start(KEY, NEVER, property);

    assertFailure(output, description, action);
    assertThat(output).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password=canary                       | splitio.http.proxy.password is set, but splitio.http.proxy.username is not. | Set both, or neither.
          username=canary:x                     | splitio.http.proxy.username contains a colon. | Basic authentication cannot carry one.
          ssl-bundle=cloud                      | splitio.http.proxy.ssl-bundle is "cloud". | It must be the name of a bundle below spring.ssl.bundle; there are none.
          """)
  void proxyThatCannotBe(
      String property, String description, String action, CapturedOutput output) {
    start(
        KEY,
        NEVER,
        "splitio.http.proxy.host=proxy",
        "splitio.http.proxy.port=3128",
        "splitio.http.proxy." + property);

    assertFailure(output, description, action);
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void proxyWithAPortThatDoesNotExist(CapturedOutput output) {
    start(KEY, NEVER, "splitio.http.proxy.host=proxy", "splitio.http.proxy.port=65536");

    assertFailure(output, "splitio.http.proxy.port is 65536.", "It must be from 1 to 65535.");
  }

  @Test
  void proxyWithAUserNameAndAToken(CapturedOutput output) {
    start(
        KEY,
        NEVER,
        "splitio.http.proxy.host=proxy",
        "splitio.http.proxy.port=3128",
        "splitio.http.proxy.username=robot",
        "splitio.http.proxy.bearer-token=canary");

    assertFailure(
        output,
        "splitio.http.proxy.username and splitio.http.proxy.bearer-token are both set.",
        "Remove one of them: the proxy takes a user name or a token.");
  }

  @Test
  void headerOfTheSdkItself(CapturedOutput output) {
    start(KEY, NEVER, "splitio.http.headers.Authorization=canary");

    assertFailure(
        output,
        "splitio.http.headers.Authorization cannot be sent.",
        "The SDK sets this header itself. Remove it.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void headerWithAValueThatCannotBeSent(CapturedOutput output) {
    start(KEY, NEVER, "splitio.http.headers.X-Team=canary\u00e9");

    assertThat(output)
        .contains("splitio.http.headers.X-Team cannot be sent.")
        .doesNotContain("canary");
  }

  @Test
  void addressWithAPassword(CapturedOutput output) {
    start(KEY, "splitio.endpoints.sdk=https://robot:canary@split.example.com");

    assertFailure(
        output,
        "splitio.endpoints.sdk contains a user name or a password.",
        "Leave them out; what a gateway needs can be sent as splitio.http.headers.<name>.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void bundleThatIsMisspelt(CapturedOutput output) {
    start(
        KEY,
        NEVER,
        "splitio.http.ssl-bundle=clout",
        "spring.ssl.bundle.pem.cloud.truststore.certificate=classpath:none.pem");

    assertFailure(
        output,
        "splitio.http.ssl-bundle is \"clout\".",
        "It must be the name of a bundle below spring.ssl.bundle; there are: cloud.");
  }

  @Test
  void keyThatWasCopiedBadly(CapturedOutput output) {
    start("splitio.api-key=canary 0123456789");

    assertFailure(
        output,
        "splitio.api-key cannot be used: the SDK key contains spaces or characters outside ASCII;"
            + " copy it again.",
        "Set it to a server-side SDK key as it is shown in Split, without quotes or spaces.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void missingKeyOfTheCloud(CapturedOutput output) {
    start("splitio.mode=cloud");

    assertFailure(
        output,
        "splitio.api-key is not set, and splitio.mode is CLOUD.",
        "Set it to a server-side SDK key. To read flags from a file, set it to \"localhost\" and"
            + " remove splitio.mode. To run without the SDK, set splitio.enabled=false.");
  }

  @Test
  void keyOfAFileForTheCloud(CapturedOutput output) {
    start("splitio.mode=cloud", "splitio.api-key=localhost");

    assertFailure(
        output,
        "splitio.api-key is \"localhost\", but splitio.mode is CLOUD.",
        "Remove splitio.mode to read flags from a file, or set another key.");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void keyThatTheServiceRefusesStopsTheStartAtOnce(int status, CapturedOutput output) {
    try (SplitCloud cloud = SplitCloud.start()) {
      cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(status));

      start(KEY, "splitio.endpoints.all=" + cloud.url(), "splitio.ready.timeout=1h");

      assertThat(output)
          .contains("Flags cannot be loaded: The service refuses the SDK key")
          .contains(String.valueOf(status))
          .contains(
              "splitio.api-key (from \"splitio.api-key\" from property source"
                  + " \"commandLineArgs\") must be the server-side SDK key of the environment that"
                  + " is meant; keys of browsers and apps and keys of the admin API are refused.")
          .contains("set splitio.ready.block=BACKGROUND to start without flags")
          .doesNotContain("canary");
    }
  }

  @Test
  void serviceThatCannotBeReachedStopsAStartThatMustFailFast(CapturedOutput output) {
    start(KEY, NEVER, "splitio.ready.timeout=300ms", "splitio.ready.fail-fast=true");

    assertThat(output)
        .contains("Flags were not ready within 300ms: Definitions could not be synchronised")
        .contains("Raise splitio.ready.timeout, or set splitio.ready.fail-fast=false");
  }
}
