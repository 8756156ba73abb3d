package io.splitio.backend.redis.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.splitio.backend.redis.settings.Address.Node;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that is open, or was, and what can be said on it. */
public final class Wire {
  /** Keys are texts, and values are bytes. */
  public static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final StatefulRedisConnection<String, byte[]> connection;
  private final @Nullable Node node;
  private final Consumer<Wire> ended;
  private volatile Consumer<Throwable> lost = why -> {}; // written once
  private volatile @Nullable Throwable useless; // by whoever gives it up
  private volatile boolean taken; // written once
  // Lettuce warns of a second time
  private final AtomicReference<@Nullable CompletableFuture<Void>> closing =
      new AtomicReference<>();
  private final AtomicInteger elsewhere = new AtomicInteger();
  private volatile long heardAt = System.nanoTime(); // by whoever hears

  Wire(
      StatefulRedisConnection<String, byte[]> connection,
      @Nullable Node node,
      Consumer<Wire> ended) {
    this.connection = connection;
    this.node = node;
    this.ended = ended;
  }

  /** Whom it leads to, or null where that has no name. */
  @Nullable Node node() {
    return node;
  }

  /** What can be said. */
  public RedisAsyncCommands<String, byte[]> commands() {
    return connection.async();
  }

  /** Has somebody told of what Redis says unasked, on a thread that must not wait. */
  public void onPush(Consumer<PushMessage> listener) {
    connection.addListener((PushListener) listener::accept);
  }

  /** Gives this connection up, which its line hears of. */
  public void endedBy(Throwable why) {
    useless = why; // first, as whoever wants to be told looks at it last
    lost.accept(why);
  }

  /** Is about to be used by a line. */
  void take() {
    taken = true;
  }

  /** Whether a line uses it, or is about to, though it leads to another node than this. */
  boolean isUsedElsewhere(Node than) {
    return taken && useless == null && !than.equals(node);
  }

  /** Has somebody told when this connection is of no use any more. */
  void whenLost(Consumer<Throwable> listener) {
    lost = listener;
    Throwable before = useless;
    if (before != null) {
      listener.accept(before);
    }
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> over) {
            listener.accept(new IOException("the connection was closed by Redis or on the way"));
          }
        });
  }

  /** Asks for what this node has but does not own yet; it is one command, which must follow. */
  synchronized <R> CompletableFuture<R> askDirectly(Question<R> question) {
    Question<String> first = RedisAsyncCommands::asking;
    CompletableFuture<String> asked = first.on(this);
    return asked.isCompletedExceptionally()
        ? asked.thenCompose(never -> question.on(this))
        : question.on(this);
  }

  /** Has an answer counted as awaited from elsewhere, where this node said it is to be had. */
  <R> CompletableFuture<R> whileElsewhere(CompletableFuture<R> answer) {
    elsewhere.incrementAndGet();
    return answer.handle(
        (reply, failure) -> {
          elsewhere.decrementAndGet();
          if (failure != null) {
            throw new ElsewhereException(failure);
          }
          return reply;
        });
  }

  /** An answer came, whatever it says. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Since when no answer came, as {@link System#nanoTime()}. */
  public long heardAt() {
    return heardAt;
  }

  /** Whether an answer is awaited from elsewhere: if it is late, this node cannot help it. */
  public boolean awaitsOthers() {
    return elsewhere.get() > 0;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Hangs up when what was asked before is answered, or its time is over. */
  static void retire(Wire wire) {
    try {
      CompletionStage<?> unused =
          wire.commands().ping().whenComplete((pong, failure) -> hangUp(wire));
    } catch (RuntimeException e) { // it takes no more commands
      hangUp(wire);
    }
  }

  /** Hangs up, and waits for nothing. */
  static void hangUp(Wire wire) {
    CompletableFuture<Void> unused = wire.close();
  }

  /** Hangs up; what is under way fails. */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> first = closing.compareAndExchange(null, mine);
    if (first != null) {
      return first;
    }
    CompletableFuture<?> unused =
        connection
            .closeAsync()
            .whenComplete(
                (done, failure) -> {
                  ended.accept(this);
                  mine.complete(null);
                });
    return mine;
  }
}
