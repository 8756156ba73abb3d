package io.splitio.net;

import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a stream of server-sent events, from opening to end; it does not reconnect.
 *
 * <p>Any byte restarts the watchdog, so a stream with nothing but comments lives. The address,
 * which holds the access token, is never logged.
 */
public final class EventStream implements AutoCloseable, Runnable {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final Clients clients;
  private final Supplier<okhttp3.Request> request;
  private final Duration open;
  private final Listener listener;
  private final Consumer<EventStream> ended;
  private volatile boolean closed;
  private volatile @Nullable Call current;
  // used by the reading thread only
  private Failures.Peer peer = new Failures.Peer("the service", false);
  private boolean opened;
  private boolean listenerFailed;

  EventStream(
      Clients clients,
      Supplier<okhttp3.Request> request,
      Duration open,
      Listener listener,
      Consumer<EventStream> ended) {
    this.clients = clients;
    this.request = request;
    this.open = open;
    this.listener = listener;
    this.ended = ended;
  }

  /** Ends the stream at once, from any thread; the listener still hears that it is closed. */
  @Override
  public void close() {
    closed = true;
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }

  /** Reads the stream to its end; for the thread that belongs to it. */
  @Override
  public void run() {
    Trouble end = outcome();
    try {
      ended.accept(this);
    } finally {
      log.debug("The stream of events is over: {}", end);
      tell(() -> listener.closed(end));
    }
  }

  private Trouble outcome() {
    try {
      Trouble end = converse();
      return closed ? closedHere() : end;
    } catch (IOException e) {
      return closed ? closedHere() : reason(e);
    } catch (Throwable e) {
      log.debug("A stream failed", e);
      return new Transport(Kind.PROTOCOL, e.getClass().getName());
    }
  }

  private Trouble reason(IOException e) {
    if (opened && e instanceof InterruptedIOException) {
      return new Transport(Kind.TIMEOUT, "the stream was silent for too long");
    }
    return Failures.of(e, opened, peer);
  }

  private static Trouble closedHere() {
    return new Transport(Kind.CLOSED, "by this side");
  }

  private Trouble converse() throws IOException {
    long deadline = System.nanoTime() + open.toNanos();
    okhttp3.Request next = request.get();
    Exchange.Redirects redirects = new Exchange.Redirects(next);
    peer = clients.peer(next.url());
    while (true) {
      try (Response response = call(next, deadline - System.nanoTime())) {
        if (!Exchange.Redirects.is(response)) {
          return read(response);
        }
        HttpUrl target = redirects.follow(response);
        if (target == null) {
          return redirects.refused(response.code());
        }
        next = next.newBuilder().url(target).build();
      }
    }
  }

  private Response call(okhttp3.Request next, long left) throws IOException {
    if (left <= 0 || closed) {
      throw new InterruptedIOException();
    }
    Call call = clients.towards(next.url()).newCall(next);
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    current = call;
    if (closed) {
      call.cancel();
    }
    Response response = call.execute();
    call.timeout().cancel(); // from here on silence counts, not length
    return response;
  }

  private Trouble read(Response response) throws IOException {
    if (response.code() != 200) {
      return new Trouble.Status(response.code(), RetryAfter.of(response));
    }
    MediaType type = response.body().contentType();
    if (type == null || !(type.type() + "/" + type.subtype()).equals("text/event-stream")) {
      return new Transport(Kind.UNREADABLE, "the answer is not of the type text/event-stream");
    }
    opened = true;
    log.debug("The stream of events is open");
    tell(listener::opened);
    InputStream bytes = response.body().byteStream();
    SseParser parser = new SseParser(new Guarded());
    byte[] chunk = new byte[8 * 1024];
    for (int count = bytes.read(chunk); count >= 0 && !closed; count = bytes.read(chunk)) {
      parser.feed(chunk, count);
    }
    return new Transport(Kind.ENDED, "by the server");
  }

  /** A listener that fails loses that call, not the stream. */
  private void tell(Runnable call) {
    try {
      call.run();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      if (!listenerFailed) {
        listenerFailed = true;
        log.warn("A listener of the stream failed with {}", e.getClass().getName());
      }
      log.debug("A listener of the stream failed", e);
    }
  }

  /** Passes events on while the stream is not closed. */
  private final class Guarded implements SseParser.Sink {
    @Override
    public void event(Event event) {
      pass(() -> listener.event(event));
    }

    @Override
    public void comment(String text) {
      pass(() -> listener.comment(text));
    }

    @Override
    public void oversized() {
      pass(listener::oversized);
    }

    private void pass(Runnable call) {
      if (!closed) {
        tell(call);
      }
    }
  }

  /**
   * One event.
   *
   * @param type the field {@code event}, or {@code message}
   * @param data the fields {@code data}, joined with line feeds; null for an event that has only an
   *     id, which marks a place in the stream
   * @param id the last id seen in the stream, or an empty text
   */
  public record Event(String type, @Nullable String data, String id) {
    /** The event without its data. */
    @Override
    public String toString() {
      return "Event[" + type + "]";
    }
  }

  /**
   * Hears what happens to one stream, in order and on one thread: {@code opened} at most once and
   * first, {@code closed} exactly once and last. What it throws is logged and otherwise ignored.
   */
  public interface Listener {
    /** The server accepted the stream. */
    void opened();

    /** An event arrived. */
    void event(Event event);

    /** A comment arrived, such as {@code keepalive}; its text is without the colon. */
    void comment(String text);

    /** An event arrived that is too large, and was skipped. */
    void oversized();

    /** The stream is over; of kind CLOSED if this side ended it. */
    void closed(Trouble reason);
  }
}
