package io.splitio.backend.featbit;

import static java.util.Objects.requireNonNull;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Feed;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.OfflineFeed.Document;
import io.splitio.backend.featbit.insight.InsightSettings;
import io.splitio.backend.featbit.insight.Post;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Addresses;
import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import io.splitio.record.Sinks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flags from FeatBit, kept current over a WebSocket.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by any thread.
 */
public final class FeatBitConnector implements Connector {
  private static final String MODE = "featbit";

  private static final String SCHEMES = "ws, wss, http or https";
  private static final int USUAL_SECRET = 44;
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final @Nullable String secret; // null where none is shown to anybody
  private final Addressing addresses;
  private final HttpSettings http;
  private final Pace pace;
  private final InsightSettings insights;

  private FeatBitConnector(
      @Nullable String secret,
      Addressing addresses,
      HttpSettings http,
      Pace pace,
      InsightSettings insights) {
    this.secret = secret;
    this.addresses = addresses;
    this.http = http;
    this.pace = pace;
    this.insights = insights;
  }

  private FeatBitConnector(@Nullable String secret, @Nullable Document offline) {
    this(
        secret,
        Addressing.of(offline),
        HttpSettings.defaults(),
        Pace.usual(),
        InsightSettings.USUAL);
  }

  /**
   * The environment of a server-side secret; its addresses must be given too.
   *
   * @throws IllegalArgumentException when it is null or blank, or has characters outside ASCII
   */
  public static FeatBitConnector secret(@Nullable String secret) {
    return new FeatBitConnector(checked(secret), null);
  }

  /**
   * No environment of FeatBit's: definitions come from a {@linkplain #source source of the
   * application's own}, and insights go to {@linkplain #insights its own receiver}, or {@linkplain
   * #withoutEvents nowhere}. For all else a secret is needed.
   */
  public static FeatBitConnector withoutSecret() {
    return new FeatBitConnector(null, null);
  }

  private static String checked(@Nullable String secret) {
    if (secret == null || secret.isBlank() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the FeatBit secret is "
              + (secret == null ? "null" : secret.isBlank() ? "blank" : "not plain ASCII")
              + "; pass the server secret of an environment");
    }
    if (secret.length() != USUAL_SECRET) {
      log.warn(
          "The FeatBit secret has {} characters; those of FeatBit's server have {}",
          secret.length(),
          USUAL_SECRET);
    }
    return secret;
  }

  /**
   * The same for another environment at the same addresses; nothing is shared that is loaded, and
   * what belongs to one environment is not taken along: a {@linkplain #source source}, a
   * {@linkplain #insights receiver}, a {@linkplain #store store}, or that it is offline.
   *
   * @throws IllegalArgumentException as {@link #secret}
   */
  public FeatBitConnector withSecret(@Nullable String other) {
    return new FeatBitConnector(checked(other), addresses.elsewhere(), http, pace, insights);
  }

  /** No connection and no flags: every answer is a default. */
  public static FeatBitConnector offline() {
    return new FeatBitConnector(null, Document.NONE);
  }

  /**
   * No connection; flags from a file, which holds what FeatBit's server answers at {@code
   * /api/public/sdk/server/latest-all}.
   */
  public static FeatBitConnector offline(Path file) {
    return new FeatBitConnector(null, Document.of(requireNonNull(file, "the file is null")));
  }

  /**
   * No connection; flags from a document that is at hand, such as one inside a jar.
   *
   * @param name what it is called in messages
   * @param document what FeatBit's server answers, as in {@link #offline(Path)}
   */
  public static FeatBitConnector offline(String name, String document) {
    requireNonNull(name, "the name of the document is null");
    requireNonNull(document, "the document is null");
    return new FeatBitConnector(null, new Document("'" + name + "'", () -> document));
  }

  /**
   * Where definitions come from, without {@code /streaming}: an address with ws, wss, http or
   * https.
   *
   * @throws IllegalArgumentException when it is none of these, or has no host
   */
  public FeatBitConnector streaming(URI address) {
    return with(addresses.streaming(http("streaming", address)));
  }

  /**
   * Where insights go, without {@code /api/public}: an address with http, https, ws or wss.
   *
   * @throws IllegalArgumentException as {@link #streaming}
   */
  public FeatBitConnector events(URI address) {
    return with(addresses.events(http("events", address)));
  }

  /**
   * Definitions come from a source of the application's own; then no streaming address is needed,
   * and none is connected to. Offline there is no source.
   */
  public FeatBitConnector source(DefinitionSource own) {
    return with(addresses.source(requireNonNull(own, "the source of definitions is null")));
  }

  /**
   * Insights go to a receiver of the application's own; then no events address is needed, and
   * nothing is posted. Offline there are no insights. One receiver is for one instance, which
   * closes it.
   */
  public FeatBitConnector insights(InsightSink own) {
    return with(addresses.sink(requireNonNull(own, "the receiver of insights is null")));
  }

  /**
   * Definitions are kept in a store of the application's own, and an instance can start with what
   * is there before FeatBit, or the source, has answered: its status is READY_FROM_CACHE then. A
   * full set is asked for all the same, and takes the place of all that was kept. One store is for
   * one environment. Offline there is none.
   */
  public FeatBitConnector store(DefinitionStore own) {
    return with(addresses.store(requireNonNull(own, "the store of definitions is null")));
  }

  /** The same address with the scheme HTTP has for it. */
  private static URI http(String what, URI address) {
    requireNonNull(address, () -> "the " + what + " address of FeatBit is null");
    String text = address.toString();
    boolean socket =
        text.regionMatches(true, 0, "ws:", 0, 3) || text.regionMatches(true, 0, "wss:", 0, 4);
    URI http = socket ? URI.create("http" + text.substring(2)) : address;
    return Addresses.absolute("the " + what + " address of FeatBit", http, SCHEMES);
  }

  /** Changes how HTTP is spoken, for the WebSocket too: times, proxy, certificates, headers. */
  public FeatBitConnector http(UnaryOperator<HttpSettings> change) {
    requireNonNull(change, "the change of the settings of HTTP is null");
    HttpSettings changed = requireNonNull(change.apply(http), "the settings of HTTP are null");
    return new FeatBitConnector(secret, addresses, changed, pace, insights);
  }

  /**
   * The longest pause before a lost connection is tried again for the first time; default 1 s. It
   * doubles with each failure, up to {@link #maxRetryDelay}.
   *
   * @throws IllegalArgumentException when it is shorter than 1 ms, or longer than 60 s
   */
  public FeatBitConnector firstRetryDelay(Duration pause) {
    return with(pace.first(pause));
  }

  /**
   * The longest pause before a lost connection is tried again, however often it failed, the first
   * time included; default 60 s. What only a person can mend is tried again after 5 to 60 minutes.
   *
   * @throws IllegalArgumentException when it is shorter than 1 ms, or longer than an hour
   */
  public FeatBitConnector maxRetryDelay(Duration pause) {
    return with(pace.longest(pause));
  }

  /**
   * How often the server is asked whether it is there; default 10 s. After three times as long
   * without a sign of life the connection is made anew.
   *
   * @throws IllegalArgumentException when it is shorter than 1 ms, or longer than an hour
   */
  public FeatBitConnector pingInterval(Duration interval) {
    return with(pace.pinging(interval));
  }

  /**
   * How many events of each kind may wait to be sent; beyond it the newest are lost, and counted.
   * Default 10,000. Large events fill less memory than so many could: what they hold together is
   * bounded, too.
   *
   * @throws IllegalArgumentException when it is less than 1
   */
  public FeatBitConnector eventsCapacity(int most) {
    return with(insights.withCapacity(most));
  }

  /**
   * How often events are sent; default 1 s.
   *
   * @throws IllegalArgumentException when it is shorter than 1 ms, or longer than 3 s
   */
  public FeatBitConnector eventsFlushInterval(Duration interval) {
    return with(insights.withFlushInterval(interval));
  }

  /**
   * How often, at most 3, and how soon, at most 1 s, events that were not delivered are tried again
   * before the pauses grow; default once after 100 ms.
   *
   * @throws IllegalArgumentException when the times are below 0 or above 3, or the interval is
   *     shorter than 1 ms, or longer than 1 s
   */
  public FeatBitConnector eventsRetries(int times, Duration interval) {
    return with(insights.withRetries(times, interval));
  }

  /** Sends no events, and needs no address for them; definitions are followed all the same. */
  public FeatBitConnector withoutEvents() {
    return with(insights.withoutAny());
  }

  /** Another pace; for tests. */
  FeatBitConnector with(Pace other) {
    return new FeatBitConnector(secret, addresses, http, other, insights);
  }

  private FeatBitConnector with(Addressing other) {
    return new FeatBitConnector(secret, other, http, pace, insights);
  }

  private FeatBitConnector with(InsightSettings other) {
    return new FeatBitConnector(secret, addresses, http, pace, other);
  }

  @Override
  public Backend connect(Services services) {
    Document offline = addresses.offline();
    if (offline != null) {
      SnapshotStore untold = new SnapshotStore((before, after) -> {});
      Feed feed = new OfflineFeed(offline, services);
      return new Backend(MODE, new FedSource(untold, feed), Sinks.none());
    }
    String shown = shownSecret();
    Http client = new Http(http, services.threads());
    try {
      return online(new FeatBitApi(shown, client, services));
    } catch (RuntimeException | Error wrong) {
      client.close();
      throw wrong;
    }
  }

  /** Empty where the application brings both ends itself, and so nobody is shown any. */
  private String shownSecret() {
    boolean own = addresses.source() != null && (addresses.sink() != null || !insights.enabled());
    if (secret == null && !own) {
      throw new IllegalArgumentException(
          "the FeatBit secret is missing; pass the server secret of an environment, or a source of"
              + " definitions together with a receiver of insights or withoutEvents()");
    }
    return secret == null ? "" : secret;
  }

  private Backend online(FeatBitApi api) {
    DefinitionStore own = addresses.store();
    Storekeeper keeper = own == null ? null : new Storekeeper(own, api.services(), pace);
    Intake intake = new Intake(api.services(), keeper);
    Feed feed = feed(api, intake);
    Sinks sinks = new FeatBitSinks(post(api), insights);
    return new Backend(MODE, new FedSource(intake.store(), feed), sinks);
  }

  private Feed feed(FeatBitApi api, Intake intake) {
    DefinitionSource own = addresses.source();
    if (own != null) {
      return new SourceFeed(own, api.services(), pace, intake);
    }
    URI streaming = http.checked(given("streaming", addresses.streaming()));
    api.http().prepare(streaming);
    return new FeatBitFeed(ear -> api.open(streaming, ear), api.services(), pace, intake);
  }

  private Post post(FeatBitApi api) {
    InsightSink own = addresses.sink();
    if (own != null) {
      return new SinkPost(own, api.http(), api.services().threads().apply("insights"));
    }
    if (!insights.enabled()) {
      return new Post.Nowhere(api.http());
    }
    URI events = http.checked(given("events", addresses.events()));
    return new Post.ToFeatBit(api.http(), api.insights(events));
  }

  private static URI given(String what, @Nullable URI address) {
    if (address == null) {
      throw new IllegalArgumentException(
          "the " + what + " address of FeatBit is missing; call " + what + "(URI)");
    }
    return address;
  }

  /** The secret; else the document, or the application's own source. */
  @Override
  public String environment() {
    if (secret != null) {
      return secret;
    }
    Document offline = addresses.offline();
    if (offline != null) {
      return "featbit offline " + offline;
    }
    DefinitionSource own = addresses.source();
    return own == null ? "featbit without a secret" : "featbit " + System.identityHashCode(own);
  }

  @Override
  public String environmentInWords() {
    return "this FeatBit environment";
  }

  /** Without the secret. */
  @Override
  public String toString() {
    Document offline = addresses.offline();
    URI streaming = addresses.streaming();
    String online = streaming == null ? "no address" : streaming.toString();
    String what = addresses.source() == null ? online : "own source";
    return "FeatBitConnector[" + (offline == null ? what : "offline, " + offline) + "]";
  }
}
