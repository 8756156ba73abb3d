package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.log.LogSafe;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with Redis.
 *
 * @param code the first word of its error reply, such as {@code NOPERM}; null when there was none
 * @param said what it was, in words and without secrets
 */
public record RedisFault(@Nullable String code, String said) {
  private static final Set<String> LASTING = Set.of("NOAUTH", "WRONGPASS", "NOPERM", "WRONGTYPE");

  /** The fault behind a failure. */
  public static RedisFault of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof RedisCommandExecutionException)) {
      cause = cause.getCause();
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String said = LogSafe.line(message);
    if (!(cause instanceof RedisCommandExecutionException)) {
      return new RedisFault(null, said);
    }
    int end = message.indexOf(' ');
    return new RedisFault(end < 0 ? message : message.substring(0, end), said);
  }

  /** How a reply that is there failed, or null if it did not. */
  public static @Nullable Throwable failureOf(CompletableFuture<?> reply) {
    try {
      reply.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (CancellationException e) {
      return e;
    }
  }

  /** Whether it stays until a person mends it. */
  public boolean lasting() {
    return code != null && LASTING.contains(code);
  }

  /** Whether Redis answered, and has not done what it was asked. */
  public boolean isReply() {
    return code != null;
  }

  /** Whether a command never left this machine. */
  public boolean surelyNotSent() {
    return code == null
        && (said.startsWith("Currently not connected") || said.startsWith("Connection is closed"));
  }
}
