package io.splitio.backend.redis.read;

import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.settings.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Redis tell of each change, on a connection of its own (Redis specification 12). While it
 * does, local copies need no other limit; when it does not, they have one again.
 *
 * <p>Nothing tells a connection that nobody hears from one on which nothing changes, so it is asked
 * for a sign of life.
 */
final class Tracking implements Line.Use {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final Duration NOT_OFFERED = Duration.ofSeconds(60);
  private static final long SIGN_OF_LIFE_SECONDS = 10;

  private final RedisKeys keys;
  private final Local local;
  private final ScheduledExecutorService scheduler;
  private @Nullable Wire listening; // confined to the line's lane
  private @Nullable Future<?> signs; // confined to the line's lane
  private boolean told; // confined to the line's lane

  Tracking(RedisKeys keys, Local local, ScheduledExecutorService scheduler) {
    this.keys = keys;
    this.local = local;
    this.scheduler = scheduler;
  }

  /**
   * Makes sure of the protocol first: with the old one Redis says yes, and tells nothing. Then it
   * asks for something, which only the node answers that has the keys.
   */
  @Override
  public CompletionStage<?> begin(Wire wire) {
    listening = wire;
    wire.onPush(this::heard);
    CommandArgs<String, byte[]> newest = new CommandArgs<>(Wire.CODEC).add(3);
    return wire.commands()
        .dispatch(CommandType.HELLO, new ArrayOutput<>(Wire.CODEC), newest)
        .thenCompose(
            hello ->
                wire.commands()
                    .clientTracking(
                        TrackingArgs.Builder.enabled()
                            .bcast()
                            .prefixes(keys.tracked().toArray(String[]::new))))
        .thenCompose(
            on -> wire.commands().mget(keys.flagsTill(), keys.ruleBasedTill(), keys.hash()));
  }

  private static void sign(Wire wire) {
    CompletionStage<?> unused =
        wire.commands()
            .ping()
            .whenComplete(
                (pong, failure) -> {
                  if (failure != null) {
                    wire.endedBy(failure);
                  }
                });
  }

  @Override
  public void up() {
    Wire wire = listening;
    if (wire != null) {
      signs =
          scheduler.scheduleWithFixedDelay(
              () -> sign(wire), SIGN_OF_LIFE_SECONDS, SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
    }
    local.toldFromNowOn();
    log.debug("Redis tells of changes");
  }

  @Override
  public void down(Throwable cause) {
    stopped();
    RedisFault fault = RedisFault.of(cause);
    if (isForLong(fault) && !told) {
      told = true;
      log.info(
          "Redis does not tell of changes ({}); local copies are asked about when they are no"
              + " longer fresh",
          fault.advised());
    }
  }

  @Override
  public void stopped() {
    if (signs != null) {
      signs.cancel(false);
      signs = null;
    }
    listening = null;
    local.toldNoMore();
  }

  @Override
  public @Nullable Duration patience(Throwable cause) {
    return isForLong(RedisFault.of(cause)) ? NOT_OFFERED : null;
  }

  private static boolean isForLong(RedisFault fault) {
    return fault.isReply() && !fault.isPassing();
  }

  /** On a thread that must not wait. */
  void heard(PushMessage message) {
    if (!message.getType().equals("invalidate")) {
      return;
    }
    List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
    Object changed = content.size() < 2 ? null : content.get(1);
    if (changed instanceof List<?> names) {
      names.forEach(name -> local.changed(String.valueOf(name)));
    } else {
      local.doubted(); // everything is gone, or may be
    }
  }
}
