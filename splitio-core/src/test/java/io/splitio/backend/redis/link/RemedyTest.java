package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is advised where a permission is missing. */
class RemedyTest {
  private static String refusing(String command) {
    return "NOPERM User app has no permissions to run the '" + command + "' command";
  }

  @ParameterizedTest
  @ValueSource(strings = {"mget", "client|tracking", "sentinel|get-master-addr-by-name"})
  void theRuleIsNamed(String command) {
    assertThat(Remedy.of("NOPERM", refusing(command))).startsWith("Its user lacks +" + command);
  }

  /** As Redis 6.2 names them. */
  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster", "sentinel"})
  void nobodyIsAdvisedToAllowMoreThanIsNeeded(String command) {
    assertThat(Remedy.of("NOPERM", refusing(command)))
        .startsWith("Its user lacks a permission: docs/redis.md");
  }

  @Test
  void whatIsNoMatterOfPermissionsIsAdvisedAsEver() {
    assertThat(Remedy.of("READONLY", refusing("mget"))).contains("replica");
    assertThat(Remedy.of(null, refusing("mget"))).isNull();
  }
}
