package io.splitio.spring.redis;

import static io.splitio.spring.autoconfigure.FailedStart.assertFailure;
import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.SdkThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads on the console when properties of Redis are wrong. */
@ExtendWith(OutputCaptureExtension.class)
class WrongRedisTest {
  private static final String ONE_KIND =
      "Remove all but one: Redis is one server, one that Sentinels watch, or a cluster.";

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
          port=0                    | port is 0.                     | It must be from 1 to 65535.
          database=-1               | database is -1.                | It must be at least 0.
          connect-timeout=0         | connect-timeout is 0ms.        | It must be from 1ms to 1d, for example 10s.
          timeout=-1s               | timeout is -1000ms.            | It must be from 1ms to 1d, for example 10s.
          call-budget=0s            | call-budget is 0ms.            | It must be from 1ms to 1d, for example 10s.
          stale-on-error-max=-1s    | stale-on-error-max is -1000ms. | It must be 0 or longer.
          wipe-grace=-1             | wipe-grace is -1000ms.         | It must be 0 or longer.
          local-cache.ttl=-5s       | local-cache.ttl is -5000ms.    | It must be 0 or longer.
          username=canary           | username is set, but splitio.redis.password is not. | Set both, or the password alone where Redis has no users.
          sentinel.master=main      | sentinel.master is set, but splitio.redis.sentinel.nodes is not. | Set both: the name of the master, and the Sentinels that know it.
          sentinel.nodes=a:1        | sentinel.nodes is set, but splitio.redis.sentinel.master is not. | Set both: the name of the master, and the Sentinels that know it.
          ssl.bundle=cache          | ssl.bundle is "cache".         | It must be the name of a bundle below spring.ssl.bundle; there are none.
          """)
  void valueThatCannotBe(
      String property, String description, String action, CapturedOutput output) {
    start("splitio.mode=redis", "splitio.redis." + property);

    assertFailure(output, "splitio.redis." + description, action);
    assertThat(output).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          url=http://:canary@host/ | url      | the address of Redis begins with 'http:'
          url=redis://:ca nary@h   | url      | the address of Redis is no address
          cluster.nodes=host:x     | cluster.nodes | 'host:x' is no address of a node
          """)
  void addressThatIsNone(String property, String name, String why, CapturedOutput output) {
    start("splitio.redis." + property);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("splitio.redis." + name + " cannot be used: " + why)
        .contains("Correct splitio.redis." + name + ".")
        .doesNotContain("canary", "ca nary");
  }

  @Test
  void hashTagThatIsNone(CapturedOutput output) {
    start("splitio.redis.cluster.nodes=host:1", "splitio.redis.cluster.hash-tag=acme");

    assertThat(output)
        .contains("splitio.redis.cluster.hash-tag cannot be used: the hash tag is 'acme'");
  }

  @Test
  void hashTagWithoutACluster(CapturedOutput output) {
    start("splitio.redis.host=a", "splitio.redis.cluster.hash-tag={acme}");

    assertFailure(
        output,
        "splitio.redis.cluster.hash-tag is set, but splitio.redis.cluster.nodes is not.",
        "Name the nodes of the cluster, or remove it: keys have a hash tag in a cluster only.");
  }

  @Test
  void twoKindsOfServers(CapturedOutput output) {
    start(
        "splitio.redis.host=a",
        "splitio.redis.cluster.nodes=b:1",
        "splitio.redis.sentinel.nodes=c:1",
        "splitio.redis.sentinel.master=main");

    assertFailure(
        output,
        "splitio.redis.host and splitio.redis.sentinel.nodes and splitio.redis.cluster.nodes are"
            + " set.",
        ONE_KIND);
  }

  @Test
  void portBesideASocket(CapturedOutput output) {
    start("splitio.redis.unix-socket=/run/redis.sock", "splitio.redis.port=6380");

    assertFailure(
        output,
        "splitio.redis.port and splitio.redis.unix-socket are set.",
        "Remove splitio.redis.port, which goes with splitio.redis.host.");
  }

  @Test
  void sentinelsThatAreNotNamed(CapturedOutput output) {
    start("splitio.redis.host=a", "splitio.redis.sentinel.plain=true");

    assertFailure(
        output,
        "splitio.redis.sentinel.plain is set, but splitio.redis.sentinel.nodes is not.",
        "Set the Sentinels and the name of the master, or remove it.");
  }

  @Test
  void tlsThatIsSwitchedOffAndOn(CapturedOutput output) {
    start("splitio.redis.url=rediss://a", "splitio.redis.ssl.enabled=false");

    assertFailure(
        output,
        "splitio.redis.ssl.enabled is false, but splitio.redis.url starts with rediss.",
        "Remove one of them.");
  }

  @Test
  void certificatesThatAreNotToBeCheckedWhereThereAreNone(CapturedOutput output) {
    start("splitio.redis.host=a", "splitio.redis.ssl.verify=ca");

    assertFailure(
        output,
        "splitio.redis.ssl.verify is set, and nothing says that Redis is talked to in TLS.",
        "Set splitio.redis.ssl.enabled=true, or remove splitio.redis.ssl.verify.");
  }

  @Test
  void flagsFromAFileAndFromRedis(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.redis.host=a");

    assertFailure(
        output,
        "splitio.api-key is \"localhost\", but there are properties of a Redis below"
            + " splitio.redis.",
        "Remove splitio.api-key to read flags from Redis, which needs no key; or remove the others"
            + " to read flags from a file.");
  }

  @Test
  void keyOfFilesInTheModeOfRedis(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.mode=redis");

    assertThat(output).contains("splitio.api-key is \"localhost\", but splitio.mode is REDIS.");
  }

  @Test
  void redisOfSpringBootBesideAnother(CapturedOutput output) {
    start("splitio.redis.use-spring-data-redis=true", "splitio.redis.host=a");

    assertFailure(
        output,
        "splitio.redis.use-spring-data-redis is true, and splitio.redis.host is set.",
        "Remove one or the other: the Redis is that of spring.data.redis, or the one named below"
            + " splitio.redis.");
  }

  @Test
  void loginOfSentinelsBesideTheRedisOfSpringBoot(CapturedOutput output) {
    start(
        "splitio.redis.use-spring-data-redis=true",
        "splitio.redis.sentinel.username=watch",
        "splitio.redis.sentinel.password=canary");

    assertFailure(
        output,
        "splitio.redis.use-spring-data-redis is true, and splitio.redis.sentinel.username,"
            + " splitio.redis.sentinel.password are set.",
        "Remove one or the other: the Redis is that of spring.data.redis, or the one named below"
            + " splitio.redis.");
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void redisOfSpringBootThatDoesNotExist(CapturedOutput output) {
    start("splitio.redis.use-spring-data-redis=true");

    assertFailure(
        output,
        "splitio.redis.use-spring-data-redis is true, but Spring Boot connects to no Redis.",
        "Add spring-boot-starter-data-redis, or name the Redis below splitio.redis instead.");
  }

  @Test
  void misspeltProperty(CapturedOutput output) {
    start("splitio.redis.hots=a");

    assertThat(output)
        .contains("There is no property splitio.redis.hots")
        .contains("Did you mean splitio.redis.host?");
  }
}
