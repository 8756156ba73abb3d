package io.splitio.net;

import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import io.splitio.net.frame.FrameReader;
import io.splitio.net.frame.FrameWriter;
import io.splitio.net.frame.Handshake;
import io.splitio.net.frame.Message;
import io.splitio.net.frame.Shown;
import io.splitio.net.frame.Violation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Sink;
import okio.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection over which texts go both ways, from opening to end; it does not
 * reconnect. It is read on a thread of its own. The address, which holds a token, is never logged.
 *
 * <p>The frames are read by this SDK: OkHttp's own WebSocket offers compression whether it is
 * wanted or not, and takes messages and inflates them without a bound.
 */
public final class TextSocket implements AutoCloseable, Runnable {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  /** Said at an end that was wanted. */
  public static final int NORMAL = 1000;

  /** Said at an end after which another connection follows. */
  public static final int GOING_AWAY = 1001;

  private static final int PRIVATE_CODES = 3000;
  private static final int SWITCHING = 101;
  private static final long FAREWELL_SECONDS = 1;
  private static final long PONG_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private final Clients clients;
  private final Supplier<okhttp3.Request> request;
  private final Limits limits;
  private final Listener listener;
  private final Consumer<TextSocket> whenOver;
  private final Handshake handshake = Handshake.begin();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Farewell farewell = new Farewell();
  private Shown shown = Shown.NOTHING; // used by the reading thread only
  private volatile boolean opened; // the rest is written by the reading thread
  private volatile okhttp3.@Nullable HttpUrl address;
  private volatile @Nullable Call call;
  private volatile okio.@Nullable Socket socket;
  private volatile @Nullable FrameWriter writer;
  private volatile @Nullable FrameReader reader;

  /**
   * How much is borne.
   *
   * @param open until the server has agreed to talk
   * @param write for the server to take what is sent
   * @param bytes how long a text may be
   */
  record Limits(Duration open, Duration write, long bytes) {}

  TextSocket(
      Clients clients,
      Supplier<okhttp3.Request> request,
      Limits limits,
      Listener listener,
      Consumer<TextSocket> whenOver) {
    this.clients = clients;
    this.request = request;
    this.limits = limits;
    this.listener = listener;
    this.whenOver = whenOver;
  }

  /**
   * Hears what happens to one connection: {@code closed} exactly once, from the thread of whoever
   * ends it, and so a text that was just read may still follow; the rest from its own thread.
   */
  public interface Listener {
    /** The connection is there. */
    void opened();

    /** A text arrived. */
    void text(String text);

    /**
     * The connection is over. Told by whoever ends it.
     *
     * @param code the code the server closed it with, or 0
     * @param reason why
     */
    void closed(int code, Trouble reason);
  }

  /** Sends a text; what cannot be sent is lost with the connection. */
  public void send(String text) {
    FrameWriter to = writer;
    if (to != null && !over.get()) {
      try {
        to.text(text);
      } catch (IOException e) {
        end(0, Failures.of(e, true, peer()));
        cancel();
      }
    }
  }

  /** When anything came last, if only a part, by {@link System#nanoTime()}; at first, just now. */
  public long heard() {
    FrameReader from = reader;
    return from == null ? System.nanoTime() : from.heard();
  }

  /** Whether a text is arriving. */
  public boolean receiving() {
    FrameReader from = reader;
    return from != null && from.underWay();
  }

  /** How far what is arriving has come, or null when nothing is. */
  public FrameReader.@Nullable Progress progress() {
    FrameReader from = reader;
    return from == null ? null : from.progress();
  }

  /** Says goodbye and ends the connection; the listener hears that this side closed it. */
  @Override
  public void close() {
    close(NORMAL);
  }

  /** Says goodbye with a code, and ends the connection like {@link #close()}. */
  public void close(int code) {
    if (end(0, new Transport(Kind.CLOSED, "by this side"))) {
      part(code);
    }
  }

  /** Ends a connection from which nothing is to be expected any more. */
  public void abandon(String why) {
    boolean unused = end(0, new Transport(Kind.TIMEOUT, why));
    cancel();
  }

  /** Says goodbye, and waits a moment for the answer, which the reading thread looks out for. */
  private void part(int code) {
    FrameWriter to = writer;
    if (to == null) {
      cancel();
      return;
    }
    try {
      farewell.begin();
      to.close(code);
    } catch (IOException e) {
      cancel();
    }
  }

  private void cancel() {
    okio.Socket open = socket;
    Call asking = call;
    if (open != null) {
      open.cancel();
    } else if (asking != null) {
      asking.cancel();
    }
  }

  /** OkHttp takes a connection for leaked whose both directions are not closed. */
  private void release() {
    okio.Socket open = socket;
    if (open == null) {
      return;
    }
    FrameWriter to = writer;
    try (Source in = open.getSource();
        Sink out = open.getSink()) {
      if (to != null) {
        to.release(); // another thread may still be writing
      }
      log.trace("Released {} and {}", in, out);
    } catch (IOException e) {
      log.trace("It was cancelled, and so is released", e);
    }
  }

  private boolean end(int code, Trouble reason) {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      listener.closed(code, reason);
    }
    return first;
  }

  private Failures.Peer peer() {
    okhttp3.HttpUrl to = address;
    return to == null ? new Failures.Peer("the service", false) : clients.peer(to);
  }

  /** Connects, and reads to the end; for the thread that belongs to it. */
  @Override
  public void run() {
    try {
      Trouble refused = open();
      if (refused == null) {
        read();
      } else {
        end(0, refused);
      }
    } catch (Violation e) {
      end(0, new Transport(Kind.PROTOCOL, String.valueOf(e.getMessage())));
      part(e.code());
    } catch (IOException e) {
      end(0, Failures.of(e, opened, peer()));
    } catch (OutOfMemoryError e) {
      end(0, new Transport(Kind.TOO_LARGE, "there is not enough memory for it"));
    } catch (Throwable e) {
      end(0, new Transport(Kind.PROTOCOL, e.getClass().getName()));
    } finally {
      cancel();
      release();
      farewell.over();
      whenOver.accept(this);
    }
  }

  /** Why the server does not want to talk, or null when it does. */
  private @Nullable Trouble open() throws IOException {
    okhttp3.Request first = request.get(); // may look this machine's name up
    address = first.url();
    Call asking =
        clients
            .through(first.url())
            .newCall(
                first
                    .newBuilder()
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Key", handshake.key())
                    .header("Sec-WebSocket-Version", "13")
                    .build());
    asking.timeout().timeout(limits.open.toNanos(), TimeUnit.NANOSECONDS);
    call = asking;
    if (over.get()) {
      throw new InterruptedIOException();
    }
    Response response = asking.execute();
    shown = shown(response);
    asking.timeout().cancel(); // from here on its owner decides what is too long
    okio.Socket switched = response.socket();
    if (response.code() != SWITCHING || switched == null) {
      response.close();
      return new Trouble.Status(response.code(), RetryAfter.of(response));
    }
    socket = switched;
    return objection(response);
  }

  /** With what a decorator added. */
  private static Shown shown(Response response) {
    Response last = response.networkResponse();
    okhttp3.Request sent = last == null ? response.request() : last.request();
    okhttp3.HttpUrl url = sent.url();
    return Shown.by(
        sent.headers().toMultimap(),
        url.queryParameterNames().stream()
            .flatMap(
                name -> url.queryParameterValues(name).stream().map(of -> of == null ? name : of))
            .toList());
  }

  private @Nullable Trouble objection(Response response) {
    if (!handshake.answer().equals(response.header("Sec-WebSocket-Accept"))) {
      return new Transport(Kind.PROTOCOL, "the answer to the handshake is not that of a WebSocket");
    }
    boolean asked =
        response.header("Sec-WebSocket-Extensions") == null
            && response.header("Sec-WebSocket-Protocol") == null;
    return asked
        ? null
        : new Transport(Kind.PROTOCOL, "the server speaks an extension nobody asked for");
  }

  private void read() throws IOException {
    okio.Socket open = socket;
    if (open == null) {
      return;
    }
    BufferedSource in = Okio.buffer(open.getSource());
    BufferedSink out = Okio.buffer(open.getSink());
    in.timeout().clearTimeout();
    out.timeout().timeout(limits.write.toNanos(), TimeUnit.NANOSECONDS);
    FrameWriter frames = new FrameWriter(out.outputStream());
    writer = frames;
    FrameReader incoming = new FrameReader(in.inputStream(), limits.bytes);
    reader = incoming;
    opened = true;
    if (over.get()) { // whoever closed it meanwhile had nobody to say goodbye to
      part(NORMAL);
    } else {
      listener.opened();
    }
    converse(incoming, frames);
  }

  /** Pings that come faster than anybody needs are not all answered. */
  private void converse(FrameReader reader, FrameWriter frames) throws IOException {
    long nextPong = System.nanoTime();
    while (true) {
      Message message = reader.next();
      if (message instanceof Message.Close goodbye) {
        answer(goodbye.code(), goodbye.reason());
        return;
      }
      if (message instanceof Message.Text text && !over.get()) {
        listener.text(text.text());
      }
      if (message instanceof Message.Ping ping && System.nanoTime() - nextPong >= 0) {
        nextPong = System.nanoTime() + PONG_PAUSE;
        frames.pong(ping.payload());
      }
    }
  }

  /** Codes that no side may send are answered with the normal one. */
  private void answer(int code, String reason) {
    String why =
        reason.isEmpty()
            ? ""
            : ": " + (shown.isRepeatedBy(reason) ? "(what it says repeats a secret)" : reason);
    String said = "by the server, with code " + code + why;
    if (end(code, new Transport(Kind.ENDED, said))) {
      part(code >= PRIVATE_CODES ? code : NORMAL);
    }
  }

  /** Ends the connection when the other side does not answer a goodbye. */
  private final class Farewell extends okio.AsyncTimeout {
    private boolean waiting; // guarded by this

    synchronized void begin() {
      if (!waiting) {
        waiting = true;
        timeout(FAREWELL_SECONDS, TimeUnit.SECONDS);
        enter();
      }
    }

    synchronized void over() {
      if (waiting) {
        waiting = false;
        boolean unused = exit();
      }
    }

    @Override
    protected void timedOut() {
      TextSocket.this.cancel(); // a timeout has one of its own
    }
  }
}
