package io.splitio.net;

import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection over which texts go both ways, from opening to end; it does not
 * reconnect. It is read on a thread of its own. The address, which holds a token, is never logged.
 */
public final class TextSocket implements AutoCloseable {
  private static final int NORMAL = 1000;
  private static final int PRIVATE_CODES = 3000;

  private final Listener listener;
  private final Failures.Peer peer;
  private final ThreadPoolExecutor reader;
  private final WebSocket socket;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean opened;

  TextSocket(
      OkHttpClient client,
      okhttp3.Request request,
      Failures.Peer peer,
      ThreadFactory threads,
      Listener listener) {
    this.listener = listener;
    this.peer = peer;
    this.reader =
        new ThreadPoolExecutor(0, 1, 1, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
    this.socket =
        client
            .newBuilder()
            .dispatcher(new Dispatcher(reader))
            .build()
            .newWebSocket(request, new Ear());
  }

  /** Hears what happens to one connection, on its thread; {@code closed} exactly once and last. */
  public interface Listener {
    /** The connection is there. */
    void opened();

    /** A text arrived. */
    void text(String text);

    /**
     * The connection is over.
     *
     * @param code the code the server closed it with, or 0
     * @param reason why
     */
    void closed(int code, Trouble reason);
  }

  /** Sends a text; what cannot be sent is lost with the connection. */
  public void send(String text) {
    boolean unused = socket.send(text);
  }

  /** Says goodbye and ends the connection; the listener hears that this side closed it. */
  @Override
  public void close() {
    boolean unused = socket.close(NORMAL, null);
    end(0, new Transport(Kind.CLOSED, "by this side"));
  }

  /** Ends a connection from which nothing is to be expected any more. */
  public void abandon(String why) {
    end(0, new Transport(Kind.TIMEOUT, why));
    socket.cancel();
  }

  private void end(int code, Trouble reason) {
    if (over.compareAndSet(false, true)) {
      reader.shutdown();
      listener.closed(code, reason);
    }
  }

  private final class Ear extends WebSocketListener {
    @Override
    public void onOpen(WebSocket socket, Response response) {
      opened = true;
      listener.opened();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      if (!over.get()) {
        listener.text(text);
      }
    }

    /** Answers the goodbye; codes that no side may send are answered with the normal one. */
    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      boolean unused = socket.close(code >= PRIVATE_CODES ? code : NORMAL, null);
      end(code, new Transport(Kind.ENDED, "by the server, with code " + code));
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
      end(0, trouble(failure, response));
    }

    private Trouble trouble(Throwable failure, @Nullable Response response) {
      if (response != null && response.code() != 101) {
        return new Trouble.Status(response.code(), RetryAfter.of(response));
      }
      return failure instanceof IOException io
          ? Failures.of(io, opened, peer)
          : new Transport(Kind.PROTOCOL, failure.getClass().getName());
    }
  }
}
