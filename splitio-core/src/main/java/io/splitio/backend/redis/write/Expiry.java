package io.splitio.backend.redis.write;

import io.splitio.backend.redis.link.RedisFault;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has keys expire that were just created, lest they grow for ever when nobody fetches them. Where a
 * reply was lost, nobody knows whether a key was created or expires, so Redis is asked the next
 * time something is written there.
 */
final class Expiry {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final long HOUR_SECONDS = 3_600;
  private static final long NEVER = -1;

  private final RedisSinks sinks;
  private final Set<String> unclear = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Expiry(RedisSinks sinks) {
    this.sinks = sinks;
  }

  /** Something was written under a key, which was created for it or not. */
  void written(String key, boolean created) {
    if (created) {
      expire(key);
    } else if (unclear.remove(key) && !told.contains(key)) {
      mend(key);
    }
  }

  /** Only a part was written under a key, which may have been created for it. */
  void partly(String key) {
    unclear.add(key);
  }

  /** What became of something that was to be written is told by a failure. */
  void failed(String key, Throwable failure) {
    RedisFault fault = RedisFault.of(failure);
    if (!fault.surelyNotSent() && !fault.isReply()) {
      unclear.add(key);
    }
  }

  /** What a person has to mend is not asked for each time, and told once. */
  private void again(String key, Throwable failure) {
    RedisFault fault = RedisFault.of(failure);
    if (!fault.isReply() || !fault.lasting()) {
      unclear.add(key);
    } else if (told.add(key)) {
      log.warn(
          "What is written to {} may never expire: {}. It grows where nobody fetches it",
          key,
          fault.advised());
    }
  }

  private void mend(String key) {
    CompletableFuture<?> unused =
        sinks
            .written(redis -> redis.ttl(key))
            .whenComplete(
                (seconds, failure) -> {
                  if (failure != null) {
                    again(key, failure);
                  } else if (seconds == NEVER) {
                    expire(key);
                  }
                });
  }

  private void expire(String key) {
    CompletableFuture<?> unused =
        sinks
            .written(redis -> redis.expire(key, HOUR_SECONDS))
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    told.remove(key);
                  } else {
                    again(key, failure);
                  }
                });
  }
}
