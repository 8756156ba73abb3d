package io.splitio.official;

import static org.awaitility.Awaitility.await;

import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Header;
import io.splitio.fake.http.Request;
import io.splitio.official.Driven.Setup;
import io.splitio.testing.Quiet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cloud of its own for one SDK in one scenario, and what the SDK sent to it, with change numbers,
 * times and tokens told apart from one another but not from one run to the next.
 */
final class Stage implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9.])[0-9]{11,}(?![0-9.])");
  private static final Pattern TOKEN = Pattern.compile("accessToken=[A-Za-z0-9._-]+");

  private static final int LATENCIES = 23;
  private static final Set<String> TRANSPORT =
      Set.of("host", "connection", "user-agent", "content-length", "accept-encoding");

  final SplitCloud cloud = SplitCloud.start();
  private final Map<String, String> numbers = new HashMap<>();
  private final BiFunction<Setup, SplitCloud, Driven> maker;
  private @Nullable Driven sdk;

  Stage(BiFunction<Setup, SplitCloud, Driven> maker) {
    this.maker = maker;
  }

  /** Makes the SDK, which is ready, and waits until it asks for nothing any more. */
  Stage start(Setup setup) {
    sdk = maker.apply(setup, cloud);
    if (setup.streaming()) {
      cloud.streaming().awaitConnections(1, SOON);
      long stream = cloud.requests().of(Endpoint.STREAM).get(0).number();
      cloud
          .requests()
          .await(
              request -> request.number() > stream && Endpoint.SPLIT_CHANGES.matches(request),
              1,
              SOON);
    }
    cloud.requests().await(Endpoint.TELEMETRY_CONFIG, 1, SOON);
    return quiet();
  }

  /** The same where there is no stream though it is wanted. */
  void startWithoutStream(Setup setup) {
    sdk = maker.apply(setup, cloud);
    cloud.requests().await(Endpoint.AUTH, 1, SOON);
    cloud.requests().await(Endpoint.TELEMETRY_CONFIG, 1, SOON);
    quiet();
  }

  Driven sdk() {
    return Objects.requireNonNull(sdk);
  }

  Stage flag(Flag flag) {
    return numbered(cloud.flags().put(flag));
  }

  Stage kill(String flag, String treatment) {
    return numbered(cloud.flags().kill(flag, treatment));
  }

  Stage ruleBased(RuleBasedSegment segment) {
    return numbered(cloud.ruleBasedSegments().put(segment));
  }

  Stage segment(String name, String... keys) {
    return numbered(cloud.segment(name).add(keys).changeNumber());
  }

  private Stage numbered(long changeNumber) {
    numbers.put(Long.toString(changeNumber), "#" + (numbers.size() + 1));
    return this;
  }

  /** Forgets what was sent so far. */
  Stage forget() {
    cloud.requests().clear();
    return this;
  }

  Stage serves(String key, String flag, String treatment) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> sdk().treatment(key, flag).equals(treatment));
    return this;
  }

  /** Waits until nothing was asked for a while. */
  Stage quiet() {
    Quiet.await(cloud, Duration.ofMillis(400));
    return this;
  }

  /**
   * Requests in order: the line, what it says of caches, and what was posted. The set-up comes
   * last, as it is told beside everything else.
   */
  List<String> sent() {
    List<String> lines = new ArrayList<>();
    List<String> setUps = new ArrayList<>();
    for (Request request : cloud.requests().all()) {
      boolean setUp = Endpoint.TELEMETRY_CONFIG.matches(request);
      (setUp ? setUps : lines).add(line(request));
    }
    lines.addAll(setUps);
    return lines;
  }

  /** The headers that the SDK itself sets, by endpoint. */
  List<String> headers() {
    Set<String> lines = new TreeSet<>();
    for (Request request : cloud.requests().all()) {
      for (Endpoint endpoint : Endpoint.values()) {
        if (endpoint.matches(request)) {
          request.headers().stream()
              .filter(header -> !TRANSPORT.contains(header.name().toLowerCase(Locale.ROOT)))
              .forEach(header -> lines.add(endpoint + " " + line(header)));
        }
      }
    }
    return List.copyOf(lines);
  }

  private static String line(Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    String value = header.value();
    return switch (name) {
      case "splitsdkversion" -> name + ": " + value.replaceAll("[0-9]+[.][0-9A-Za-z.-]+", "N");
      case "splitsdkmachineip", "splitsdkmachinename" ->
          name + ": " + (value.isEmpty() ? "" : "SOME");
      default -> name + ": " + value;
    };
  }

  private String line(Request request) {
    StringBuilder line = new StringBuilder(request.method() + " " + masked(request.target()));
    request.header("Cache-Control").ifPresent(value -> line.append(" ").append(value));
    request
        .header("SplitSDKImpressionsMode")
        .ifPresent(value -> line.append(" mode=").append(value));
    if (request.body().size() > 0) {
      line.append(" ").append(masked(text(request.body().json())));
    }
    return line.toString();
  }

  private String masked(String text) {
    Matcher found = NUMBER.matcher(TOKEN.matcher(text).replaceAll("accessToken=TOKEN"));
    return found
        .replaceAll(match -> numbers.getOrDefault(match.group(), "TIME"))
        .replaceAll("(aF|rF|tR|nR):[0-9]+,(?=.*uO:)", "$1:N,")
        .replaceAll("tR:[0-9]+,uO", "tR:N,uO")
        .replaceAll("sL:[1-9][0-9]*", "sL:N");
  }

  /** JSON with its members in the order of their names. */
  static String text(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      Map<String, String> sorted = new TreeMap<>();
      object.forEach((name, value) -> sorted.put(String.valueOf(name), text(value)));
      List<String> members = new ArrayList<>();
      sorted.forEach((name, value) -> members.add(name + ":" + value));
      return "{" + String.join(",", members) + "}";
    }
    if (json instanceof List<?> array && array.size() == LATENCIES) {
      return "SUM" + array.stream().mapToLong(count -> ((Number) count).longValue()).sum();
    }
    if (json instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    if (json instanceof List<?> array) {
      return "[" + String.join(",", array.stream().map(Stage::text).toList()) + "]";
    }
    return json instanceof String string ? "'" + string + "'" : String.valueOf(json);
  }

  @Override
  public void close() {
    if (sdk != null) {
      sdk.end();
    }
    cloud.close();
  }
}
