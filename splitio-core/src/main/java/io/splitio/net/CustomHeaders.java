package io.splitio.net;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Headers from the user's decorator. The first value of a name replaces what would be sent, further
 * values are added; reserved names are dropped, and whatever the decorator does wrong costs its own
 * headers and no request.
 *
 * <p>As the last hand on the headers it also withdraws OkHttp's offer of compression from a stream
 * of events, as a compressed one would arrive late.
 */
final class CustomHeaders implements Interceptor {
  /** The names of the protocol, and those on which the transport relies. */
  private static final Set<String> RESERVED =
      Set.of(
          "splitsdkversion",
          "splitsdkmachineip",
          "splitsdkmachinename",
          "splitsdkimpressionsmode",
          "splitsdkclientkey",
          "x-harness-fme-sdk-version",
          "host",
          "referrer",
          "content-type",
          "content-length",
          "content-encoding",
          "accept",
          "keep-alive",
          "x-fastly-debug",
          "accept-encoding",
          "connection",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

  private final UnaryOperator<Map<String, List<String>>> decorator;
  private final LongSupplier nanoTime;
  private final AtomicLong quietUntil;

  CustomHeaders(UnaryOperator<Map<String, List<String>>> decorator, LongSupplier nanoTime) {
    this.decorator = decorator;
    this.nanoTime = nanoTime;
    this.quietUntil = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether the SDK sets a header of this name itself, or relies on nobody setting it. */
  static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("authorization") || RESERVED.contains(lower);
  }

  /**
   * Complains about a header that cannot be sent, without repeating its value.
   *
   * @throws IllegalArgumentException if the name is no token or the value has control characters
   */
  static void check(String name, String value) {
    if (!isToken(name) || !isText(value)) {
      throw new IllegalArgumentException(
          "The HTTP header "
              + (isToken(name) ? "'" + name + "'" : "given")
              + " is invalid: a name is made of letters, digits and !#$%&'*+-.^_`|~, and a value of"
              + " printable ASCII characters");
    }
  }

  /**
   * Complains about a header that a user cannot have sent, without repeating its value.
   *
   * @throws IllegalArgumentException if it is reserved or invalid
   */
  static void checkOwn(String name, String value) {
    check(name, value);
    if (isReserved(name)) {
      throw new IllegalArgumentException(
          "The HTTP header '"
              + name
              + "' cannot be sent. The SDK sets this header itself. Remove it");
    }
  }

  static boolean isText(String value) {
    for (int place = 0; place < value.length(); place++) {
      if (value.charAt(place) < 0x20 || value.charAt(place) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Headers headers = decorate(chain.request().headers());
    if ("text/event-stream".equals(headers.get("Accept"))) {
      headers = headers.newBuilder().removeAll("Accept-Encoding").build();
    }
    Response response = chain.proceed(chain.request().newBuilder().headers(headers).build());
    String wait = response.code() == 503 ? response.header("Retry-After") : null;
    return wait == null
        ? response
        : response.newBuilder().header("Retry-After", RetryAfter.bearable(wait)).build();
  }

  /** The headers to send in place of those that would be. */
  Headers decorate(Headers headers) {
    if (decorator == HttpSettings.UNDECORATED) {
      return headers;
    }
    Headers.Builder decorated = headers.newBuilder();
    try {
      Map<String, @Nullable List<@Nullable String>> custom = ask(headers);
      if (custom != null) {
        custom.forEach((name, values) -> put(decorated, name, values));
      }
      return decorated.build();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      warn("failed with " + e.getClass().getName() + "; the request is sent without it");
    }
    return headers;
  }

  /** The decorator is not ours, and keeps no promise about null. */
  @SuppressWarnings({"unchecked", "NullAway", "RedundantCast"})
  private @Nullable Map<String, @Nullable List<@Nullable String>> ask(Headers headers) {
    return (Map<String, @Nullable List<@Nullable String>>)
        (Map<?, ?>) decorator.apply(headers.toMultimap());
  }

  private void put(
      Headers.Builder headers, @Nullable String name, @Nullable List<@Nullable String> values) {
    if (name == null || values == null || values.isEmpty()) {
      return;
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      log.debug("A custom header with a reserved name is not sent");
      return;
    }
    if (!isToken(name) || values.stream().anyMatch(value -> value == null || !isText(value))) {
      warn("returned a header with an invalid name or value, which is not sent");
      return;
    }
    headers.removeAll(name);
    values.forEach(value -> headers.add(name, value));
  }

  private void warn(String what) {
    long now = nanoTime.getAsLong();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + SILENCE)) {
      log.warn("The custom header decorator {}", what);
    }
  }

  private static boolean isToken(String name) {
    for (int place = 0; place < name.length(); place++) {
      char character = name.charAt(place);
      boolean named = Character.isLetterOrDigit(character) || MARKS.indexOf(character) >= 0;
      if (character >= 0x80 || !named) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
