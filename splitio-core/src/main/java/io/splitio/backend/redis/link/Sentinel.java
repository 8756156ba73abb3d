package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.output.SocketAddressOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.Tls;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One sentinel, which is asked whom it names as the master. */
final class Sentinel {
  private final Node node;
  private final Address.Sentinels all;
  private final RedisSettings settings;
  private final Wires wires;
  private final Opinions opinions;

  Sentinel(
      Node node, Address.Sentinels all, RedisSettings settings, Wires wires, Opinions opinions) {
    this.node = node;
    this.all = all;
    this.settings = settings;
    this.wires = wires;
    this.opinions = opinions;
  }

  Node node() {
    return node;
  }

  /** Whom it names, asked on a connection of its own. */
  CompletableFuture<Node> ask() {
    return connect()
        .thenCompose(wire -> ask(wire).whenComplete((named, failure) -> Wire.hangUp(wire)));
  }

  /** A new connection to it, soon. */
  CompletableFuture<Wire> connect() {
    return here(wires.to(uri(), node))
        .whenComplete(
            (wire, failure) -> {
              if (failure != null) {
                opinions.silent(node);
              }
            });
  }

  private <T> CompletableFuture<T> here(CompletableFuture<T> answer) {
    return answer.exceptionallyCompose(
        why -> CompletableFuture.failedFuture(new FailedException(node, why)));
  }

  private RedisURI uri() {
    RedisURI.Builder uri = RedisURI.Builder.redis(node.host(), node.port());
    Tls tls = all.tls() ? settings.tls() : null;
    Login login = all.login();
    Supplier<char[]> password = login.password(); // one that stays the same
    return Uris.secured(uri, tls, login, password == null ? null : password.get())
        .withTimeout(settings.times().connect())
        .build();
  }

  /** Whom it names, asked on a connection to it. */
  CompletableFuture<Node> ask(Wire wire) {
    int question = opinions.ask();
    CommandArgs<String, byte[]> master =
        new CommandArgs<>(Wire.CODEC).add("get-master-addr-by-name").addKey(all.master());
    return here(wire.commands()
            .dispatch(CommandType.SENTINEL, new SocketAddressOutput<>(Wire.CODEC), master)
            .toCompletableFuture()
            .thenApply(this::named))
        .whenComplete(
            (named, failure) -> {
              if (failure == null) {
                opinions.note(question, node, named);
              } else {
                opinions.silent(node);
              }
            });
  }

  private Node named(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress where) {
      return new Node(where.getHostString(), where.getPort());
    }
    throw new IllegalStateException("it knows no master called " + all.master());
  }

  /** What went wrong at a sentinel, rather than at the server that has the keys. */
  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Node sentinel;

    FailedException(Node sentinel, Throwable cause) {
      super(null, cause, false, false);
      this.sentinel = sentinel;
    }

    /** Says where it happened, and what can be done about it there. */
    RedisFault told(RedisFault fault) {
      return new RedisFault(
          fault.code(),
          "Sentinel " + sentinel + ": " + fault.said(),
          fault.sent(),
          fault.broke(),
          Remedy.atSentinel(fault.code()));
    }
  }
}
