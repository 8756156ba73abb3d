package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as people write them. */
class RedisAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://localhost, localhost, 6379, 0, -, -",
        "redis://my_redis, my_redis, 6379, 0, -, -",
        "redis://my_redis:6380/3, my_redis, 6380, 3, -, -",
        "redis://app:s%40e%2Fcret@my_redis:6380/3, my_redis, 6380, 3, app, s@e/cret",
        "redis://:secret@localhost:6380, localhost, 6380, 0, -, secret",
        "redis://app:a:b%40c@localhost, localhost, 6379, 0, app, a:b@c",
        "rediss://[::1]:6380/1, [::1], 6380, 1, -, -"
      })
  void itIsReadAsItIsMeant(
      String uri, String host, int port, int database, String user, String password) {
    RedisSettings settings = RedisAddress.parsed(uri);

    assertThat(settings.address()).isEqualTo(new Address.Single(new Node(host, port), database));
    Login login = settings.login();
    assertThat(login.user()).isEqualTo(user);
    Supplier<char[]> told = login.password();
    assertThat(told == null ? null : new String(told.get())).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://user:123/canary@host, a database that is no number",
    "redis://user:can/ary@host, a port that is no number",
    "redis://user:1?canary@host, after '?'",
    "redis://user:1#canary@host, after '#'",
    "redis://host?timeout=10s, after '?'",
    "redis://host/canary, a database that is no number",
    "redis://my_host:canary, a port that is no number",
    "redis:///0, has no host",
    "http://host, begins with 'http:'"
  })
  void whatIsWrongIsNamedWithoutWhatMayBeAPassword(String uri, String what) {
    assertThatThrownBy(() -> RedisAddress.parsed(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("write it like redis://localhost:6379/0")
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("canary", "can", "ary@", "timeout"))
        .hasNoCause();
  }
}
