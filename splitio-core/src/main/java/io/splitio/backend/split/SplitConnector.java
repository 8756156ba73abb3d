package io.splitio.backend.split;

import io.splitio.api.SdkHealth;
import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Services;
import io.splitio.backend.split.keep.Copy;
import io.splitio.backend.split.keep.Keeper;
import io.splitio.backend.split.keep.Owner;
import io.splitio.backend.split.stream.Pauses;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Addresses;
import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Flags from Split's cloud (Harness FME), kept current by streaming with polling behind it; what
 * happened is sent back.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by any thread.
 */
public final class SplitConnector implements Connector {
  private static final Duration SHORTEST_FLAGS = Duration.ofSeconds(5);
  private static final Duration SHORTEST_SEGMENTS = Duration.ofSeconds(30);
  private static final int MOST_AT_ONCE = 100;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Flags, a token, and each of the six kinds of documents that are posted. */
  private static final int OTHERS_AT_ONCE = 8;

  private final String sdkKey;
  private final Endpoints endpoints;
  private final Rates rates;
  private final Streams streams;
  private final HttpSettings http;
  private final long maxSegmentBytes;
  private final @Nullable Path snapshotFile;

  /** How often, and how much at once. */
  record Rates(Duration flags, Duration segments, int segmentsAtOnce) {}

  /** Whether there is a stream, and how soon it is tried again. */
  record Streams(boolean enabled, Duration reconnect, Duration auth) {
    Pauses pauses() {
      return Pauses.from(reconnect, auth);
    }

    SdkHealth.Streaming state(boolean up) {
      if (up) {
        return SdkHealth.Streaming.UP;
      }
      return enabled ? SdkHealth.Streaming.DOWN : SdkHealth.Streaming.OFF;
    }
  }

  private SplitConnector(
      String sdkKey, Endpoints endpoints, Rates rates, Streams streams, Transfer transfer) {
    this.sdkKey = sdkKey;
    this.endpoints = endpoints;
    this.rates = rates;
    this.streams = streams;
    this.http = transfer.http;
    this.maxSegmentBytes = transfer.maxSegmentBytes;
    this.snapshotFile = transfer.snapshotFile;
  }

  /** How to talk HTTP, and where to keep what was said. */
  private record Transfer(HttpSettings http, long maxSegmentBytes, @Nullable Path snapshotFile) {}

  /**
   * The environment of a server-side SDK key.
   *
   * @throws IllegalArgumentException when the key is null or blank, or has characters that no key
   *     has
   */
  public static SplitConnector sdkKey(@Nullable String sdkKey) {
    return new SplitConnector(
        checked(sdkKey),
        Endpoints.CLOUD,
        new Rates(Duration.ofSeconds(30), Duration.ofSeconds(30), 10),
        new Streams(true, SHORTEST_PAUSE, SHORTEST_PAUSE),
        new Transfer(HttpSettings.defaults(), 512L << 20, null));
  }

  private static String checked(@Nullable String sdkKey) {
    if (sdkKey == null || sdkKey.isBlank()) {
      throw new IllegalArgumentException(
          "the SDK key is "
              + (sdkKey == null ? "null" : "empty")
              + "; pass the server-side SDK key of an environment, or 'localhost'");
    }
    String key = sdkKey.strip();
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the SDK key contains spaces or characters outside ASCII; copy it again");
    }
    return key;
  }

  /**
   * All five services at one address, with the paths of the cloud below it, as a Split Proxy has
   * them.
   *
   * @throws IllegalArgumentException when it is no absolute http or https address
   */
  public SplitConnector endpoint(URI address) {
    return with(Endpoints.at(Addresses.absolute("the endpoint", address)));
  }

  /** Where definitions come from, without {@code /api}; default {@code https://sdk.split.io}. */
  public SplitConnector sdkEndpoint(URI address) {
    return with(endpoints.withSdk(Addresses.absolute("the SDK endpoint", address)));
  }

  /**
   * Where impressions and events go, without {@code /api}; default {@code https://events.split.io}.
   */
  public SplitConnector eventsEndpoint(URI address) {
    return with(endpoints.withEvents(Addresses.absolute("the events endpoint", address)));
  }

  /** Where tokens come from; default {@code https://auth.split.io/api/v2/auth}. */
  public SplitConnector authEndpoint(URI address) {
    return with(endpoints.withAuth(Addresses.absolute("the auth endpoint", address)));
  }

  /** Where the stream is; default {@code https://streaming.split.io/sse}. */
  public SplitConnector streamingEndpoint(URI address) {
    return with(endpoints.withStreaming(Addresses.absolute("the streaming endpoint", address)));
  }

  /** Where telemetry and unique keys go; default {@code https://telemetry.split.io/api/v1}. */
  public SplitConnector telemetryEndpoint(URI address) {
    return with(endpoints.withTelemetry(Addresses.absolute("the telemetry endpoint", address)));
  }

  /** How often to ask for flags where there is no streaming; 5 s or longer, default 30 s. */
  public SplitConnector flagsRefreshRate(Duration every) {
    Duration rate = atLeast("flagsRefreshRate", every, SHORTEST_FLAGS);
    return with(new Rates(rate, rates.segments, rates.segmentsAtOnce));
  }

  /** How often to ask for segments where there is no streaming; 30 s or longer, default 30 s. */
  public SplitConnector segmentsRefreshRate(Duration every) {
    Duration rate = atLeast("segmentsRefreshRate", every, SHORTEST_SEGMENTS);
    return with(new Rates(rates.flags, rate, rates.segmentsAtOnce));
  }

  /** How many segments to ask for at a time; 1 to 100, default 10. */
  public SplitConnector segmentsConcurrency(int segments) {
    if (segments < 1 || segments > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "segmentsConcurrency is " + segments + "; it must be from 1 to " + MOST_AT_ONCE);
    }
    return with(new Rates(rates.flags, rates.segments, segments));
  }

  private static Duration atLeast(String what, Duration value, Duration least) {
    if (Objects.requireNonNull(value, what).compareTo(least) < 0) {
      throw new IllegalArgumentException(
          what + " is " + value + "; it must be at least " + least.toSeconds() + " seconds");
    }
    return value;
  }

  /** Polls only. */
  public SplitConnector withoutStreaming() {
    return with(new Streams(false, streams.reconnect, streams.auth));
  }

  /**
   * Up to how long to wait before the first attempt to connect to the stream again; twice as long
   * before each further one. 1 to 60 s, default 1 s.
   */
  public SplitConnector streamReconnectBackoffBase(Duration base) {
    return with(
        new Streams(streams.enabled, pause("streamReconnectBackoffBase", base), streams.auth));
  }

  /** The same for attempts to get a token for the stream. 1 to 60 s, default 1 s. */
  public SplitConnector streamAuthBackoffBase(Duration base) {
    return with(
        new Streams(streams.enabled, streams.reconnect, pause("streamAuthBackoffBase", base)));
  }

  private static Duration pause(String what, Duration base) {
    if (atLeast(what, base, SHORTEST_PAUSE).compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          what + " is " + base + "; it must be at most " + LONGEST_PAUSE.toSeconds() + " seconds");
    }
    return base;
  }

  /**
   * Changes how HTTP is spoken: times, proxy, certificates, headers, limits.
   *
   * <pre>{@code
   * SplitConnector.sdkKey("KEY").http(http -> http.withProxy(ProxySettings.of("proxy", 3128)))
   * }</pre>
   */
  public SplitConnector http(UnaryOperator<HttpSettings> change) {
    HttpSettings changed = Objects.requireNonNull(change, "change").apply(http);
    return with(
        new Transfer(
            Objects.requireNonNull(changed, "what http(change) returns"),
            maxSegmentBytes,
            snapshotFile));
  }

  /** The longest answer about one segment, in bytes after decompression; default 512 MiB. */
  public SplitConnector maxSegmentPayload(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "maxSegmentPayload is " + bytes + "; it must be at least 1 byte");
    }
    return with(new Transfer(http, bytes, snapshotFile));
  }

  /**
   * Keeps the last definitions in a file, for a start at which the service cannot be reached: they
   * are in force then, with the status {@link io.splitio.api.SdkStatus#READY_FROM_CACHE}, until it
   * answers. There is no such file by default.
   *
   * <p>Only the user of this process can read and write it, and only this SDK key opens it. It
   * holds flags and the keys of segments. Its directory is made when there is none; each process
   * should have a file of its own. A file that is damaged, or that others could have written, is
   * told of and not used.
   *
   * @throws IllegalArgumentException when it names no file
   */
  public SplitConnector snapshotFile(Path file) {
    Path name = Objects.requireNonNull(file, "snapshotFile").getFileName();
    if (name == null || name.toString().isBlank()) {
      throw new IllegalArgumentException(
          "snapshotFile is '" + file + "'; it must name a file, such as /var/lib/app/flags");
    }
    return with(new Transfer(http, maxSegmentBytes, file));
  }

  /** Other rates, however short; for tests. */
  SplitConnector with(Rates other) {
    return new SplitConnector(sdkKey, endpoints, other, streams, transfer());
  }

  private SplitConnector with(Endpoints other) {
    return new SplitConnector(sdkKey, other, rates, streams, transfer());
  }

  private SplitConnector with(Streams other) {
    return new SplitConnector(sdkKey, endpoints, rates, other, transfer());
  }

  private SplitConnector with(Transfer other) {
    return new SplitConnector(sdkKey, endpoints, rates, streams, other);
  }

  private Transfer transfer() {
    return new Transfer(http, maxSegmentBytes, snapshotFile);
  }

  @Override
  public Backend connect(Services services) {
    endpoints.all().forEach(http::checked);
    Http client = new Http(http, services.threads(), rates.segmentsAtOnce + OTHERS_AT_ONCE);
    client.prepare(endpoints.sdk());
    ChangesReader reader = new ChangesReader(services.dateUnit(), Sanitizing.NONE);
    Keeper keeper = keeper(services);
    SplitApi api =
        new SplitApi(
            endpoints,
            client,
            new SplitApi.Settings(
                sdkKey,
                new Metadata(sdkKey, services.machine()),
                reader,
                maxSegmentBytes,
                () -> Copy.by(keeper),
                services.telemetry(),
                services.clock()));
    SplitFeed.Settings settings =
        new SplitFeed.Settings(
            rates.flags, rates.segments, rates.segmentsAtOnce, streams, endpoints.sdkOverridden());
    SplitSinks sinks =
        new SplitSinks(
            api::post,
            new SplitSinks.Setup(
                streams.enabled,
                rates.flags,
                rates.segments,
                endpoints,
                client.usesProxy(endpoints.sdk())),
            SplitSinks.Line.of(client));
    SnapshotStore store = new SnapshotStore(services.changes());
    SplitFeed feed = new SplitFeed(api, services, reader, settings, keeper);
    return new Backend("cloud", new FedSource(store, feed), sinks);
  }

  private @Nullable Keeper keeper(Services services) {
    return snapshotFile == null
        ? null
        : new Keeper(
            snapshotFile,
            Owner.of(sdkKey, FlagSync.SPEC, services.flagSets()),
            services.threads().apply("disk"),
            services.scheduler());
  }

  @Override
  public String environment() {
    return sdkKey;
  }

  /** Without the SDK key. */
  @Override
  public String toString() {
    return "SplitConnector[" + endpoints.sdk() + ", streaming=" + streams.enabled + "]";
  }
}
