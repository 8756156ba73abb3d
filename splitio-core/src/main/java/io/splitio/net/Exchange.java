package io.splitio.net;

import io.splitio.net.Http.BodyReader;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request with its redirects and its answer, run by one thread within one deadline.
 *
 * @param <T> what is read from the answer
 */
final class Exchange<T> implements Runnable {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final Clients clients;
  private final Supplier<okhttp3.Request> request;
  private final Request described;
  private final long maxBytes;
  private final long nanos;
  private final Reading<T> reading;
  private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
  private volatile boolean cancelled;
  private volatile @Nullable Call current;
  // used by the running thread only
  private long deadline;
  private boolean connected;

  /** What is made of an answer with a good status, whose body may have so many bytes. */
  @FunctionalInterface
  interface Reading<T> {
    Outcome<T> of(Response response, long maxBytes) throws IOException;
  }

  Exchange(
      Clients clients,
      Supplier<okhttp3.Request> request,
      Request described,
      HttpSettings settings,
      Reading<T> reading) {
    this.clients = clients;
    this.request = request;
    this.described = described;
    this.maxBytes = described.maxBytes(settings);
    this.nanos = described.total(settings).toNanos();
    this.reading = reading;
  }

  CompletableFuture<Outcome<T>> outcome() {
    return outcome;
  }

  /** Ends the exchange now, whoever runs it and wherever it is. */
  void cancel() {
    cancelled = true;
    outcome.complete(new Failure<>(new Transport(Kind.CLOSED, "by this side")));
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }

  @Override
  public void run() {
    if (outcome.isDone()) {
      return;
    }
    deadline = System.nanoTime() + nanos;
    clients.refresh();
    outcome.complete(proceed());
  }

  private Outcome<T> proceed() {
    try {
      return ask();
    } catch (IOException e) {
      boolean late = System.nanoTime() - deadline >= 0;
      IOException reason = late ? new InterruptedIOException() : e;
      return new Failure<>(Failures.of(reason, connected, clients.peer(described.url())));
    } catch (OutOfMemoryError e) {
      return new Failure<>(new Transport(Kind.TOO_LARGE, "there is not enough memory for it"));
    } catch (Throwable e) {
      log.debug("An exchange failed", e);
      return new Failure<>(new Transport(Kind.PROTOCOL, e.getClass().getName()));
    }
  }

  private Outcome<T> ask() throws IOException {
    okhttp3.Request next = request.get();
    Redirects redirects = new Redirects(next);
    while (true) {
      try (Response response = send(next)) {
        if (!Redirects.is(response)) {
          return response.isSuccessful()
              ? reading.of(response, maxBytes)
              : new Failure<>(new Trouble.Status(response.code(), RetryAfter.of(response)));
        }
        HttpUrl target = redirects.follow(response);
        if (target == null) {
          return new Failure<>(redirects.refused(response.code()));
        }
        next = next.newBuilder().url(target).build();
      }
    }
  }

  /**
   * Sends a request, and once more on a fresh connection if one from the pool turns out to be dead.
   */
  private Response send(okhttp3.Request next) throws IOException {
    Attempt attempt = new Attempt();
    try {
      return call(next, attempt);
    } catch (IOException e) {
      if (!attempt.reused || e instanceof InterruptedIOException) {
        throw e;
      }
      clients.dropIdle();
      return call(next, new Attempt());
    }
  }

  private Response call(okhttp3.Request next, Attempt attempt) throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0 || cancelled) {
      throw new InterruptedIOException();
    }
    Call call = clients.towards(next.url()).newCall(next);
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    call.addEventListener(attempt);
    connected = false;
    current = call;
    if (cancelled) {
      call.cancel();
    }
    return call.execute();
  }

  /** Leaves the body alone; closing the answer drops a short one, and the connection otherwise. */
  static Reading<Integer> statusOnly() {
    return (response, maxBytes) -> new Success<>(response.code(), response.code());
  }

  /** Reads the whole body. */
  static <T> Reading<T> reading(BodyReader<T> reader) {
    return (response, maxBytes) -> read(response, Body.of(response, maxBytes), reader);
  }

  private static <T> Outcome<T> read(Response response, Body body, BodyReader<T> reader)
      throws IOException {
    T value;
    try {
      value = reader.read(body);
      body.finish();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (body.failure() != null) {
        throw body.failure();
      }
      String message = e instanceof IOException ? e.getMessage() : null;
      String reason = message == null ? e.getClass().getName() : message;
      return new Failure<>(new Transport(Kind.UNREADABLE, reason));
    }
    return new Success<>(response.code(), value);
  }

  /** Notices where the connection of a call came from. */
  private final class Attempt extends EventListener {
    private boolean fresh;
    private boolean reused;

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      fresh = true;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      connected = true;
      reused = !fresh;
    }
  }

  /** Which redirects are followed: at most three of a GET, to the same scheme, host and port. */
  static final class Redirects {
    private static final int MOST = 3;

    private final HttpUrl origin;
    private final boolean get;
    private int followed;
    private @Nullable String refusal;

    Redirects(okhttp3.Request request) {
      this.origin = request.url();
      this.get = request.method().equals("GET");
    }

    static boolean is(Response response) {
      return switch (response.code()) {
        case 301, 302, 303, 307, 308 -> true;
        default -> false;
      };
    }

    /** Where to ask instead, or null if the redirect is refused. */
    @Nullable HttpUrl follow(Response response) {
      String location = response.header("Location");
      HttpUrl target = location == null ? null : response.request().url().resolve(location);
      refusal = objection(target);
      return refusal == null ? target : null;
    }

    /** The refusal of the redirect just asked about. */
    Trouble.RefusedRedirect refused(int status) {
      return new Trouble.RefusedRedirect(status, refusal == null ? "" : refusal);
    }

    private @Nullable String objection(@Nullable HttpUrl target) {
      if (!get) {
        return "it is the answer to a POST; only a GET follows one";
      }
      if (target == null) {
        return "it names no usable location";
      }
      if (!sameOrigin(target)) {
        return "it leads to %s://%s:%d; only the same scheme, host and port is followed"
            .formatted(target.scheme(), target.host(), target.port());
      }
      if (!target.username().isEmpty() || !target.password().isEmpty()) {
        return "it names a user";
      }
      return followed++ < MOST ? null : "it is the fourth in a row";
    }

    private boolean sameOrigin(HttpUrl target) {
      return target.scheme().equals(origin.scheme())
          && target.host().equals(origin.host())
          && target.port() == origin.port();
    }
  }
}
