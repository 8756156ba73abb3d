package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.engine.UnavailableException;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with Redis.
 *
 * @param code the first word of its error reply, such as {@code NOPERM}, or {@code TLS}; null when
 *     there was none
 * @param said what it was, in words and without secrets
 * @param sent whether anything was sent
 * @param broke whether a connection that was there broke
 * @param remedy what can be done about it, or null where nothing is to be done, or nobody knows
 */
public record RedisFault(
    @Nullable String code, String said, boolean sent, boolean broke, @Nullable String remedy) {
  private static final Set<String> LASTING =
      Set.of("NOAUTH", "WRONGPASS", "NOPERM", "WRONGTYPE", "TLS");

  private static final Set<String> OF_SERVER =
      Set.of("LOADING", "MASTERDOWN", "BUSY", "CLUSTERDOWN");

  private static final Set<String> PASSING =
      Set.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "LOADING", "BUSY");

  private RedisFault(@Nullable String code, String said, boolean sent, boolean broke) {
    this(code, said, sent, broke, Remedy.of(code, said));
  }

  /** The fault behind a failure. */
  public static RedisFault of(Throwable failure) {
    RedisFault fault = bareOf(failure);
    Throwable cause = failure;
    while (cause != null && !(cause instanceof Sentinel.FailedException)) {
      cause = cause.getCause();
    }
    return cause instanceof Sentinel.FailedException there ? there.told(fault) : fault;
  }

  /** The same, wherever it happened. */
  private static RedisFault bareOf(Throwable failure) {
    Throwable cause = bare(failure);
    boolean sent = !isOfWaiting(cause);
    boolean made = !isOfMaking(cause);
    boolean secured = isOfTls(cause);
    while (cause.getCause() != null && !(cause instanceof RedisCommandExecutionException)) {
      cause = cause.getCause();
      sent &= !isOfWaiting(cause);
      made &= !isOfMaking(cause);
      secured |= isOfTls(cause);
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String said = LogSafe.line(message);
    if (cause instanceof RedisCommandExecutionException) {
      int end = message.indexOf(' ');
      return new RedisFault(end < 0 ? message : message.substring(0, end), said, sent, false);
    }
    boolean broke = made && (secured || cause instanceof IOException || isAnEnd(said));
    if (cause instanceof GeneralSecurityException ? !broke : secured && !made) {
      return new RedisFault("TLS", "the TLS handshake failed: " + said, false, false);
    }
    return new RedisFault(null, said, sent, broke);
  }

  /** The one of two failures that a person has to mend, or the later one. */
  static Throwable worse(Throwable earlier, Throwable later) {
    return of(earlier).lasting() && !of(later).lasting() ? earlier : later;
  }

  /** Without what futures wrap around it. */
  private static Throwable bare(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Whether a connection could not be made, rather than broke. */
  private static boolean isOfMaking(Throwable cause) {
    return cause instanceof NotSentException
        || cause instanceof RedisConnectionException
        || cause instanceof SSLHandshakeException
        || cause instanceof ConnectException
        || cause instanceof UnknownHostException;
  }

  /**
   * Whether a command still waited to be sent. A channel says that it is closed to what it has not
   * handed over as a whole; what was handed over hears that the connection ended. An interrupt may
   * come after that.
   */
  private static boolean isOfWaiting(Throwable cause) {
    return cause instanceof NotSentException
        || cause instanceof UnavailableException
        || (cause instanceof ClosedChannelException
            && !(cause instanceof AsynchronousCloseException))
        || cause instanceof RejectedExecutionException;
  }

  private static boolean isOfTls(Throwable cause) {
    return cause instanceof SSLException;
  }

  /** What Lettuce itself says of a connection that ended has no type. */
  private static boolean isAnEnd(String said) {
    return said.startsWith("Connection closed")
        || said.startsWith("Connection disconnected")
        || said.startsWith("Currently not connected")
        || said.startsWith("Connection is closed");
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

  /** Whether it happened at another node than the one that was asked, which sent us there. */
  public static boolean isElsewhere(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof ElsewhereException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Whether it stays until a person mends it. */
  public boolean lasting() {
    return code != null && LASTING.contains(code);
  }

  /** Whether the server answers nobody, whatever is asked. */
  public boolean isOfServer() {
    return code != null && OF_SERVER.contains(code);
  }

  /** Whether somebody can do something about it. */
  public boolean hasRemedy() {
    return remedy != null;
  }

  /** What it was, and what can be done about it. */
  public String advised() {
    String sentence = said.replaceFirst("[.\\s]+$", "");
    return remedy == null ? sentence : sentence + ". " + remedy;
  }

  /** Whether it is over in a moment, when keys have moved or a server has begun. */
  public boolean isPassing() {
    return code != null && PASSING.contains(code);
  }

  /** Whether it says something of one key, and nothing of Redis. */
  public boolean isOfOneKey() {
    return "WRONGTYPE".equals(code);
  }

  /** Whether what was asked for is elsewhere, for good. */
  public boolean isMoved() {
    return "MOVED".equals(code);
  }

  /** Whether what was asked for is elsewhere, for now. */
  public boolean isElsewhereForNow() {
    return "ASK".equals(code);
  }

  /** Whether what was asked for is in two places, for now. */
  public boolean isSplit() {
    return "TRYAGAIN".equals(code);
  }

  /** Whether another connection may help: to another server, or with another password. */
  boolean isOfThisConnection() {
    return isMoved() || "READONLY".equals(code) || "NOAUTH".equals(code);
  }

  /**
   * Where else it is, or null when that cannot be told. A node that does not know its own name
   * means the one that was asked, at another port.
   */
  @Nullable Node target(@Nullable Node asked) {
    String where = said.substring(said.lastIndexOf(' ') + 1);
    int colon = where.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    String host = where.substring(0, colon);
    if (host.isEmpty() || host.equals("?")) {
      host = asked == null ? "" : asked.host();
    }
    try {
      return new Node(host, Integer.parseInt(where.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether Redis answered, and has not done what it was asked. */
  public boolean isReply() {
    return code != null;
  }

  /** Whether the connection ended before there was an answer. */
  public boolean isLost() {
    return broke;
  }

  /** Whether a command never left this machine. */
  public boolean surelyNotSent() {
    return code == null
        && (!sent
            || isCrowded()
            || said.startsWith("Currently not connected")
            || said.startsWith("Connection is closed"));
  }

  /** Whether too much is on its way to Redis already, so that nothing is added. */
  public boolean isCrowded() {
    return code == null
        && (said.startsWith("Request queue size exceeded")
            || said.startsWith("Internal stack size exceeded")
            || said.startsWith("Command buffer size exceeded"));
  }
}
