package io.splitio.spring.autoconfigure;

import static io.splitio.spring.autoconfigure.FailedStart.assertFailure;
import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a start says of properties of FeatBit that cannot be right. */
@ExtendWith(OutputCaptureExtension.class)
class WrongFeatBitConfigurationTest {
  private static final String SECRET =
      "splitio.featbit.env-secret=HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final String HERE = "splitio.featbit.streaming-url=ws://localhost:1";

  @Test
  void noAddress(CapturedOutput output) {
    start("splitio.mode=featbit", SECRET);

    assertFailure(
        output,
        "splitio.featbit.streaming-url is not set, and flags come from FeatBit.",
        "Set it to the address of the evaluation server, for example wss://featbit.example.com; or"
            + " set splitio.featbit.offline=true.");
  }

  @Test
  void noSecret(CapturedOutput output) {
    start(HERE);

    assertFailure(
        output,
        "splitio.featbit.env-secret is not set.",
        "Set it to the server secret of the environment, as FeatBit shows it.");
  }

  @Test
  void secretThatCannotBeOneIsNotShown(CapturedOutput output) {
    start(HERE, "splitio.featbit.env-secret=canary ü");

    assertFailure(
        output,
        "splitio.featbit.env-secret cannot be used: the FeatBit secret is not plain ASCII; pass the"
            + " server secret of an environment.",
        "Set it to the server secret of the environment, without quotes or spaces.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void addressThatIsNone(CapturedOutput output) {
    start(SECRET, "splitio.featbit.streaming-url=featbit.example.com");

    assertFailure(
        output,
        "splitio.featbit.streaming-url is featbit.example.com.",
        "It must be a whole address with ws, wss, http or https, for example"
            + " wss://featbit.example.com.");
  }

  @Test
  void plainAddressOnAnotherMachine(CapturedOutput output) {
    start(SECRET, HERE, "splitio.featbit.event-url=http://featbit.example.com");

    assertFailure(
        output,
        "splitio.featbit.event-url is http://featbit.example.com.",
        "It must start with wss or https, unless it is on this machine. To send the secret"
            + " unencrypted nevertheless, set splitio.http.allow-insecure=true.");
  }

  @Test
  void addressWithAPasswordIsNotShown(CapturedOutput output) {
    start(SECRET, "splitio.featbit.streaming-url=wss://anna:canary@featbit.example.com");

    assertFailure(
        output,
        "splitio.featbit.streaming-url contains a user name or a password.",
        "Leave them out; what a gateway needs can be sent as splitio.http.headers.<name>.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void localhostAndFeatBit(CapturedOutput output) {
    start(SECRET, HERE, "splitio.api-key=localhost");

    assertFailure(
        output,
        "splitio.api-key is \"localhost\", but there are properties of FeatBit below"
            + " splitio.featbit.",
        "Remove splitio.api-key to get flags from FeatBit; or remove the others to read flags from"
            + " a file.");
  }

  @Test
  void fileWithoutOffline(CapturedOutput output) {
    start(SECRET, HERE, "splitio.featbit.bootstrap-file=flags.json");

    assertFailure(
        output,
        "splitio.featbit.bootstrap-file is set, but splitio.featbit.offline is not true.",
        "Set it to true to read flags from the file; or remove the file to connect to FeatBit.");
  }

  @Test
  void fileThatIsNotOnTheClassPath(CapturedOutput output) {
    start("splitio.featbit.offline=true", "splitio.featbit.bootstrap-file=classpath:none.json");

    assertFailure(
        output,
        "splitio.featbit.bootstrap-file is classpath:none.json.",
        "It must be a path, or start with \"file:\" or \"classpath:\", and exist.");
  }

  @ParameterizedTest
  @CsvSource({
    "first-retry-delay, 61000ms, It must be at least 1ms and at most 60s.",
    "max-retry-delay, 7200000ms, It must be at least 1ms and at most 1h.",
    "ping-interval, 0ms, It must be at least 1ms and at most 1h.",
    "ping-interval, 7200000ms, It must be at least 1ms and at most 1h.",
    "ping-interval, PT3000000H0.0000001S, It must be at least 1ms and at most 1h.",
    "events.flush-interval, 4000ms, It must be at least 1ms and at most 3s.",
    "events.retry-interval, 2000ms, It must be at least 1ms and at most 1s.",
    "events.retry-interval, 500000ns, It must be at least 1ms and at most 1s.",
    "events.max-queue, 0, It must be at least 1.",
    "events.max-retries, 4, It must be from 0 to 3."
  })
  void valueBeyondItsLimits(String name, String value, String accepted, CapturedOutput output) {
    start(SECRET, HERE, "splitio.featbit." + name + "=" + value);

    assertFailure(output, "splitio.featbit." + name + " is " + value + ".", accepted);
  }

  @Test
  void misspeltProperty(CapturedOutput output) {
    start(SECRET, HERE, "splitio.featbit.event-ulr=http://localhost:1");

    assertThat(output).contains("Did you mean splitio.featbit.event-url?");
  }
}
