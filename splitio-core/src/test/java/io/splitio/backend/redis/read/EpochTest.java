package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.push.PushMessage;
import io.splitio.api.DateUnit;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An epoch begins with a connection only, whatever is still heard of one that is gone. */
class EpochTest {
  private static final List<String> OLD = List.of("1", "1", "hash");
  private static final List<String> NEW = List.of("2", "1", "hash");

  private final RedisSettings settings =
      new RedisSettings(
          new Address.Single(new Address.Node("127.0.0.1", 6379), 0), Login.NONE, null);
  private final Local local = Local.copies(settings, DateUnit.MILLISECONDS);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Tracking tracking = new Tracking(settings.keys(), local, scheduler);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  /** What Redis tells of keys, or null for all of them. */
  private record Invalidated(ByteBuffer key) implements PushMessage {
    @Override
    public String getType() {
      return "invalidate";
    }

    @Override
    public List<Object> getContent() {
      return Arrays.asList("invalidate", key == null ? null : List.of(key));
    }

    @Override
    public List<Object> getContent(Function<ByteBuffer, Object> decode) {
      return Arrays.asList("invalidate", key == null ? null : List.of(decode.apply(key)));
    }
  }

  private void assertEnded(Runnable late) {
    tracking.up();
    tracking.stopped();

    late.run();

    assertThat(local.push().epoch()).isEqualTo(Push.NONE);
  }

  @Test
  void whatWasUnderWayOfAnEmptiedRedisBeginsNone() {
    assertEnded(() -> tracking.heard(new Invalidated(null)));
  }

  @Test
  void whatWasUnderWayOfAnotherSynchronizerBeginsNone() {
    ByteBuffer hash =
        ByteBuffer.wrap("SPLITIO.hash".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertEnded(() -> tracking.heard(new Invalidated(hash)));
  }

  @Test
  void aChangeThatWasNotToldOfWhileTheConnectionEndedBeginsNone() {
    assertEnded(local::doubted);
  }

  @Test
  void aChangeThatWasNotToldOfBeginsAnotherWhileTheConnectionIsThere() {
    tracking.up();
    long first = local.push().epoch();
    local.compare(OLD);
    local.compare(OLD);

    assertThat(local.compare(NEW)).isTrue();

    assertThat(local.push().epoch()).isGreaterThan(first);
  }

  @Test
  void anEmptiedRedisBeginsAnotherWhileTheConnectionIsThere() {
    tracking.up();
    long first = local.push().epoch();

    tracking.heard(new Invalidated(null));

    assertThat(local.push().epoch()).isGreaterThan(first);
  }
}
