package io.splitio.backend.featbit;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Feed;
import io.splitio.backend.Services;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Addresses;
import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import io.splitio.net.Request;
import io.splitio.net.TextSocket;
import io.splitio.record.Sinks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Flags from FeatBit, kept current over a WebSocket.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by any thread.
 */
public final class FeatBitConnector implements Connector {
  private static final String MODE = "featbit";

  private final @Nullable String secret; // null is offline
  private final Addressing addresses;
  private final HttpSettings http;
  private final FeatBitFeed.Pace pace;

  /** Where things are. */
  private record Addressing(@Nullable URI streaming, @Nullable URI events, @Nullable Path file) {}

  private FeatBitConnector(
      @Nullable String secret, Addressing addresses, HttpSettings http, FeatBitFeed.Pace pace) {
    this.secret = secret;
    this.addresses = addresses;
    this.http = http;
    this.pace = pace;
  }

  /**
   * The environment of a server-side secret; its addresses must be given too.
   *
   * @throws IllegalArgumentException when it is null or blank, or has characters outside ASCII
   */
  public static FeatBitConnector secret(@Nullable String secret) {
    if (secret == null || secret.isBlank() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the FeatBit secret is "
              + (secret == null ? "null" : secret.isBlank() ? "blank" : "not plain ASCII")
              + "; pass the server secret of an environment");
    }
    return new FeatBitConnector(
        secret,
        new Addressing(null, null, null),
        HttpSettings.defaults(),
        FeatBitFeed.Pace.usual());
  }

  /** No connection and no flags: every answer is a default. */
  public static FeatBitConnector offline() {
    return offlineFrom(null);
  }

  /**
   * No connection; flags from a file, which holds what FeatBit's server answers at {@code
   * /api/public/sdk/server/latest-all}.
   */
  public static FeatBitConnector offline(Path file) {
    return offlineFrom(file);
  }

  private static FeatBitConnector offlineFrom(@Nullable Path file) {
    return new FeatBitConnector(
        null, new Addressing(null, null, file), HttpSettings.defaults(), FeatBitFeed.Pace.usual());
  }

  /**
   * Where definitions come from, without {@code /streaming}: an address with ws, wss, http or
   * https.
   */
  public FeatBitConnector streaming(URI address) {
    return with(new Addressing(http("streaming", address), addresses.events, addresses.file));
  }

  /** Where insights go, without {@code /api/public}: an address with http, https, ws or wss. */
  public FeatBitConnector events(URI address) {
    return with(new Addressing(addresses.streaming, http("events", address), addresses.file));
  }

  /** The same address with the scheme HTTP has for it. */
  private static URI http(String what, URI address) {
    String text = address.toString();
    boolean socket = text.regionMatches(true, 0, "ws", 0, 2);
    URI http = socket ? URI.create("http" + text.substring(2)) : address;
    return Addresses.absolute("the " + what + " address", http);
  }

  /** Changes how HTTP is spoken, for the WebSocket too: times, proxy, certificates, headers. */
  public FeatBitConnector http(UnaryOperator<HttpSettings> change) {
    return new FeatBitConnector(secret, addresses, change.apply(http), pace);
  }

  /** Another pace; for tests. */
  FeatBitConnector with(FeatBitFeed.Pace other) {
    return new FeatBitConnector(secret, addresses, http, other);
  }

  private FeatBitConnector with(Addressing other) {
    return new FeatBitConnector(secret, other, http, pace);
  }

  @Override
  public Backend connect(Services services) {
    Feed feed =
        secret == null
            ? new OfflineFeed(addresses.file, services.report())
            : online(secret, services);
    SnapshotStore store = new SnapshotStore(services.changes());
    return new Backend(MODE, new FedSource(store, feed), Sinks.none());
  }

  private Feed online(String shown, Services services) {
    URI streaming = given("streaming", addresses.streaming);
    URI events = given("events", addresses.events);
    http.checked(streaming);
    http.checked(events);
    Http line = new Http(http, services.threads());
    return new FeatBitFeed(new Stream(shown, streaming, line, services.clock()), services, pace);
  }

  /** The address definitions come from, and the way there. */
  private record Stream(String secret, URI address, Http http, Clock clock)
      implements FeatBitFeed.Line {
    @Override
    public TextSocket open(TextSocket.Listener listener) {
      double random = ThreadLocalRandom.current().nextDouble();
      String token = Token.of(secret, clock.millis(), random);
      return http.socket(request(address, secret, token), listener);
    }

    @Override
    public void close() {
      http.close();
    }
  }

  private static Request request(URI streaming, String secret, String token) {
    String base = streaming.toString().replaceAll("/+$", "");
    return Request.to(URI.create(base + "/streaming"))
        .query("token", token)
        .query("type", "server")
        .query("version", "2")
        .header("Authorization", secret);
  }

  private static URI given(String what, @Nullable URI address) {
    if (address == null) {
      throw new IllegalArgumentException(
          "the " + what + " address of FeatBit is missing; call " + what + "(URI)");
    }
    return address;
  }

  @Override
  public String environment() {
    return secret == null ? "featbit offline " + addresses.file : secret;
  }

  @Override
  public String environmentInWords() {
    return "this FeatBit environment";
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "FeatBitConnector["
        + (secret == null ? "offline, " + addresses.file : addresses.streaming)
        + "]";
  }
}
