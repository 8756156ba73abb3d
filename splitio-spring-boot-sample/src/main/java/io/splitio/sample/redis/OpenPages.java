package io.splitio.sample.redis;

import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.spring.autoconfigure.FlagsChangedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.stereotype.Component;

/**
 * Tells open pages of changes, whoever made them. Where flags come from Redis the SDK holds only
 * those that were asked for, so it tells of no changes by itself; Redis does.
 */
@Component
@Profile("redis")
final class OpenPages implements MessageListener {
  private static final Key ANYBODY = Key.of("anybody");
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofSeconds(6); // a copy lives five

  private final Synchronizer synchronizer;
  private final SplitClient flags;
  private final ApplicationEventPublisher events;

  OpenPages(Synchronizer synchronizer, SplitClient flags, ApplicationEventPublisher events) {
    this.synchronizer = synchronizer;
    this.flags = flags;
    this.events = events;
  }

  @Override
  public void onMessage(Message message, byte @Nullable [] pattern) {
    String channel = new String(message.getChannel(), StandardCharsets.UTF_8);
    String flag =
        channel.substring(channel.indexOf(Synchronizer.FLAG) + Synchronizer.FLAG.length());
    awaitServed(flag, synchronizer.version(flag));
    events.publishEvent(new FlagsChangedEvent(Set.of(flag)));
  }

  /** Redis tells the SDK at the same time, and a page must not be faster. */
  private void awaitServed(String flag, long version) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!isServed(flag, version) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Explaining records nothing. */
  private boolean isServed(String flag, long version) {
    Long served = flags.explain(ANYBODY, flag, Map.of()).evaluation().changeNumber();
    return served != null && served >= version;
  }
}
