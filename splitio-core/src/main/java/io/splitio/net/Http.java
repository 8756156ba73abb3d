package io.splitio.net;

import io.splitio.net.Outcome.Failure;
import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All HTTP of one SDK instance. Methods return at once; exchanges run on daemon threads of the role
 * {@code http}, as many as the owner says and ending when idle, and each stream of events on one of
 * the role {@code stream}. Outcomes are completed on these threads.
 *
 * <p>Every exchange has a deadline and ends with an {@link Outcome}. A request is sent a second
 * time, at once and on a fresh connection, when its kept-alive connection turns out to be dead
 * before there is an answer: servers hang up on idle connections. So the server may see a POST
 * twice, as it may when its sender repeats it later.
 */
public final class Http implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int USUAL = 10;
  private static final long IDLE_SECONDS = 5;

  private final HttpSettings settings;
  private final Function<String, ThreadFactory> threads;
  private final int most;
  private final Supplier<TlsSettings.Material> tls;
  private final Clients exchanges;
  private final Clients streams;
  private final Set<URI> fit = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  // guarded by lock; null while suspended
  private @Nullable Running running;
  private boolean closed;

  /**
   * Sets HTTP up and opens nothing yet; at most ten exchanges run at a time.
   *
   * @param threads makes daemon threads named after the role it is given
   */
  public Http(HttpSettings settings, Function<String, ThreadFactory> threads) {
    this(settings, threads, System.getenv(), USUAL);
  }

  /**
   * The same for an owner who knows how many exchanges it may want at a time, so that none of them
   * waits for others that hang.
   *
   * @param most how many exchanges run at a time
   */
  public Http(HttpSettings settings, Function<String, ThreadFactory> threads, int most) {
    this(settings, threads, System.getenv(), most);
  }

  Http(
      HttpSettings settings,
      Function<String, ThreadFactory> threads,
      Map<String, String> environment,
      int most) {
    this.settings = settings;
    this.threads = threads;
    this.most = most;
    CustomHeaders custom = new CustomHeaders(settings.decorator(), System::nanoTime);
    ProxyEnvironment proxies =
        new ProxyEnvironment(settings.proxyFromEnvironment() ? environment : Map.of());
    this.tls = settings.tls().madeOnce();
    this.exchanges = Clients.exchanges(settings, tls, custom, proxies, most);
    this.streams = Clients.streams(settings, tls, custom, proxies);
    this.running = new Running(threads.apply("http"), most);
  }

  /**
   * Has other threads make what exchanges with an address need, while this one has other things to
   * do. What fails there fails again in the exchange that needs it.
   */
  public void prepare(URI address) {
    beforehand(() -> exchanges.towards(Objects.requireNonNull(HttpUrl.get(address))));
    if ("https".equalsIgnoreCase(address.getScheme())) {
      beforehand(tls);
    }
  }

  private void beforehand(Supplier<?> made) {
    synchronized (lock) {
      if (running != null) {
        try {
          running.executor.execute(() -> tryToMake(made));
        } catch (OutOfMemoryError noThread) {
          log.debug("What exchanges need is not made beforehand", noThread);
        }
      }
    }
  }

  private static void tryToMake(Supplier<?> made) {
    try {
      Object unused = made.get();
    } catch (RuntimeException | LinkageError e) {
      log.debug("What exchanges need could not be made beforehand", e);
    }
  }

  /** Asks for a document and returns its bytes. */
  public CompletableFuture<Outcome<byte[]>> get(Request request) {
    return get(request, InputStream::readAllBytes);
  }

  /** Asks for a document and reads it while it arrives. */
  public <T> CompletableFuture<Outcome<T>> get(Request request, BodyReader<T> reader) {
    check(request.base());
    return start(
        new Exchange<>(
            exchanges,
            () -> prepared(request).get().build(),
            request,
            settings,
            Exchange.reading(reader)));
  }

  /**
   * Posts the request's JSON document and returns the status of the answer, whose body is not read:
   * the server has the document, whatever else it says or breaks off saying.
   */
  public CompletableFuture<Outcome<Integer>> post(Request request) {
    check(request.base());
    return start(
        new Exchange<>(
            exchanges,
            () -> prepared(request).post(new Json(request.body())).build(),
            request,
            settings,
            Exchange.statusOnly()));
  }

  /** Opens a stream of events, which ends with {@link EventStream.Listener#closed} only. */
  public EventStream stream(Request request, EventStream.Listener listener) {
    check(request.base());
    Running now = running();
    EventStream stream =
        new EventStream(
            streams,
            () -> prepared(request).header("Accept", "text/event-stream").get().build(),
            settings.timeouts().streamOpen(),
            listener,
            ended -> forget(now, ended));
    if (now != null) {
      now.streams.add(stream);
    }
    threads.apply("stream").newThread(stream).start();
    if (now == null || now != running()) {
      stream.close();
    }
    return stream;
  }

  /** Opens a WebSocket at an address with http or https. */
  public TextSocket socket(Request request, TextSocket.Listener listener) {
    check(request.base());
    Running now = running();
    TextSocket socket =
        new TextSocket(
            streams,
            () -> prepared(request).removeHeader("Accept-Encoding").get().build(),
            new TextSocket.Limits(
                settings.timeouts().streamOpen(), settings.timeouts().write(), settings.maxBytes()),
            listener,
            ended -> forget(now, ended));
    if (now != null) {
      now.sockets.add(socket);
    }
    try {
      threads.apply("stream").newThread(socket).start();
    } catch (Throwable e) {
      forget(now, socket);
      throw e;
    }
    if (now == null || now != running()) {
      socket.close();
    }
    return socket;
  }

  /** Whether requests to an address go through a proxy. */
  public boolean usesProxy(URI address) {
    return exchanges.proxies(address);
  }

  /** Ends everything under way and leaves no socket and no thread, until {@link #resume()}. */
  public void suspend() {
    Running ending;
    synchronized (lock) {
      ending = running;
      running = null;
    }
    if (ending != null) {
      ending.end();
    }
    exchanges.dropIdle();
    streams.dropIdle();
  }

  /** Takes requests again after {@link #suspend()}. */
  public void resume() {
    synchronized (lock) {
      if (running == null && !closed) {
        running = new Running(threads.apply("http"), most);
      }
    }
  }

  /** Ends everything under way, without waiting for it, and takes no more requests. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    suspend();
  }

  /** Refuses an address no request may go to; those it knows are not looked at again. */
  private void check(URI address) {
    if (!fit.contains(address)) {
      fit.add(settings.checked(address));
    }
  }

  private @Nullable Running running() {
    synchronized (lock) {
      return running;
    }
  }

  private okhttp3.Request.Builder prepared(Request request) {
    okhttp3.Request.Builder prepared =
        new okhttp3.Request.Builder().url(request.url()).header("Accept-Encoding", "gzip");
    settings.headers().forEach(prepared::header);
    request.headers().forEach(prepared::header);
    return prepared;
  }

  private <T> CompletableFuture<Outcome<T>> start(Exchange<T> exchange) {
    CompletableFuture<Outcome<T>> outcome = exchange.outcome();
    synchronized (lock) {
      if (running == null) {
        outcome.complete(new Failure<>(new Transport(Kind.CLOSED, "closed or suspended")));
        return outcome;
      }
      Running now = running;
      now.exchanges.add(exchange);
      now.executor.execute(() -> run(now, exchange));
    }
    return outcome;
  }

  private void run(Running on, Exchange<?> exchange) {
    try {
      exchange.run();
    } finally {
      on.exchanges.remove(exchange);
      if (on.ended) {
        exchanges.dropIdle(); // its connection may have gone back to the pool after suspend()
      }
    }
  }

  private void forget(@Nullable Running on, EventStream stream) {
    if (on != null) {
      on.streams.remove(stream);
    }
    streams.dropIdle();
  }

  private void forget(@Nullable Running on, TextSocket socket) {
    if (on != null) {
      on.sockets.remove(socket);
    }
    streams.dropIdle();
  }

  /** What runs between a start and a suspension. */
  private static final class Running {
    private final Set<Exchange<?>> exchanges = ConcurrentHashMap.newKeySet();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<TextSocket> sockets = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor executor;
    private volatile boolean ended;

    private Running(ThreadFactory threads, int most) {
      executor =
          new ThreadPoolExecutor(
              0, most, IDLE_SECONDS, TimeUnit.SECONDS, new IdleFirst(), threads, Running::wait);
    }

    /** All threads are busy: the first that is not takes it. */
    private static void wait(Runnable exchange, ThreadPoolExecutor executor) {
      if (!executor.isShutdown()) {
        ((IdleFirst) executor.getQueue()).keep(exchange);
      }
    }

    private void end() {
      ended = true;
      exchanges.forEach(Exchange::cancel); // first, as an interrupt alone looks like a timeout
      streams.forEach(EventStream::close);
      sockets.forEach(TextSocket::close);
      executor.shutdownNow();
    }
  }

  /** Takes an exchange only for a thread that waits for one, so that else a thread is made. */
  @SuppressWarnings("serial") // never written
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
    @Override
    public boolean offer(Runnable exchange) {
      return tryTransfer(exchange);
    }

    private void keep(Runnable exchange) {
      super.offer(exchange); // other methods that add may come back to the one above
    }
  }

  /** A JSON document that OkHttp must not send twice. */
  private static final class Json extends RequestBody {
    private static final MediaType TYPE = MediaType.get("application/json");

    private final byte[] document;

    private Json(byte[] document) {
      this.document = document;
    }

    @Override
    public MediaType contentType() {
      return TYPE;
    }

    @Override
    public long contentLength() {
      return document.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(document);
    }
  }

  /**
   * Reads an answer while it arrives, on the thread that receives it.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  public interface BodyReader<T> {
    /**
     * Reads the body; what it leaves unread is read and checked after it.
     *
     * @throws IOException if the stream fails, or if the content is not what was expected; its
     *     message is told to people, so it is fit for a log and contains no secret
     */
    T read(InputStream body) throws IOException;
  }
}
