package io.splitio.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What to ask for: an address built part by part, headers, limits and, for a POST, a body. */
public final class Request {
  private static final String UNRESERVED = "-._~";

  private final Target target;
  private final String query;
  private final Map<String, String> headers;
  private final Supplier<Map<String, String>> sender;
  private final Limits limits;
  private final byte[] body;

  private Request(Request from, Target target, String query) {
    this.target = target;
    this.query = query;
    this.headers = from.headers;
    this.sender = from.sender;
    this.limits = from.limits;
    this.body = from.body;
  }

  private Request(Request from, Map<String, String> headers, Limits limits, byte[] body) {
    this.target = from.target;
    this.query = from.query;
    this.headers = headers;
    this.sender = from.sender;
    this.limits = limits;
    this.body = body;
  }

  private Request(Request from, Supplier<Map<String, String>> sender) {
    this.target = from.target;
    this.query = from.query;
    this.headers = from.headers;
    this.sender = sender;
    this.limits = from.limits;
    this.body = from.body;
  }

  private Request(URI base) {
    String root = base.getRawPath() == null ? "" : base.getRawPath();
    this.target =
        new Target(base, root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
    this.query = "";
    this.headers = Map.of();
    this.sender = Map::of;
    this.limits = new Limits(null, null);
    this.body = new byte[0];
  }

  /** A request to an address; its path is kept and its query is not. */
  public static Request to(URI base) {
    return new Request(base);
  }

  /** The request with one more path segment, encoded whatever it contains. */
  public Request segment(String name) {
    String encoded = encode(name);
    // A segment of dots means another level in any spelling, so it is sent encoded twice.
    boolean dots = name.equals(".") || name.equals("..");
    String more = dots ? name.replace(".", "%252E") : encoded;
    return new Request(this, new Target(target.base, target.path + "/" + more), query);
  }

  /** The request with one more query parameter, after those already there. */
  public Request query(String name, String value) {
    String separator = query.isEmpty() ? "" : "&";
    return new Request(this, target, query + separator + encode(name) + "=" + encode(value));
  }

  /** The request with a header; the same name again replaces it. */
  public Request header(String name, String value) {
    CustomHeaders.check(name, value);
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(this, more, limits, body);
  }

  /**
   * The request with headers that say who sends it; they are asked for on the thread that sends it,
   * so that finding them out may take a moment.
   */
  public Request sentBy(Supplier<Map<String, String>> who) {
    return new Request(this, who);
  }

  /** The request with a limit of its own for the decompressed answer. */
  public Request maxBytes(long bytes) {
    return new Request(this, headers, new Limits(bytes, limits.total()), body);
  }

  /** The request with a deadline of its own for the whole exchange. */
  public Request total(Duration total) {
    return new Request(this, headers, new Limits(limits.maxBytes(), total), body);
  }

  /** The request with a JSON document to post; the bytes are not copied. */
  public Request json(byte[] document) {
    return new Request(this, headers, limits, document);
  }

  URI base() {
    return target.base;
  }

  HttpUrl url() {
    HttpUrl url = target.url();
    return query.isEmpty() ? url : url.newBuilder().encodedQuery(query).build();
  }

  /** All headers; may take a moment the first time. */
  Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(sender.get());
    all.forEach(CustomHeaders::check);
    all.putAll(headers);
    return all;
  }

  byte[] body() {
    return body;
  }

  long maxBytes(HttpSettings settings) {
    return limits.maxBytes() == null ? settings.maxBytes() : limits.maxBytes();
  }

  Duration total(HttpSettings settings) {
    return limits.total() == null ? settings.timeouts().total() : limits.total();
  }

  /** The request without its query and headers, which hold secrets. */
  @Override
  public String toString() {
    return "Request[" + target.base.getRawAuthority() + target.path + "]";
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (part & 0xff);
      if (character < 0x80
          && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
        encoded.append(character);
      } else {
        encoded.append('%').append(hex(part >> 4)).append(hex(part));
      }
    }
    return encoded.toString();
  }

  private static char hex(int value) {
    return "0123456789ABCDEF".charAt(value & 0xf);
  }

  /** An address without a query, taken apart once however many requests go there. */
  private static final class Target {
    private final URI base;
    private final String path;
    private volatile @Nullable HttpUrl url; // any thread's value is as good

    private Target(URI base, String path) {
      this.base = base;
      this.path = path;
    }

    private HttpUrl url() {
      HttpUrl known = url;
      if (known == null) {
        known = HttpUrl.get(base.getScheme() + "://" + base.getRawAuthority() + path);
        url = known;
      }
      return known;
    }
  }

  /** What differs from the settings; null where nothing does. */
  private record Limits(@Nullable Long maxBytes, @Nullable Duration total) {}
}
