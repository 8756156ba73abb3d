package io.splitio.spring.autoconfigure;

import io.splitio.backend.split.SplitConnector;
import io.splitio.net.HttpSettings;
import io.splitio.spring.autoconfigure.CloudProperties.Endpoints;
import io.splitio.spring.autoconfigure.CloudProperties.Streaming;
import io.splitio.spring.autoconfigure.CloudProperties.Sync;
import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.ResourceUtils;

/** Makes the connector to Split's cloud from {@code splitio.*} properties. */
record CloudConnector(
    SplitioProperties properties,
    ObjectProvider<SslBundles> bundles,
    ObjectProvider<SplitConnectorCustomizer> customizers) {
  private static final String ENDPOINTS = "splitio.endpoints.";

  SplitConnector connector(String key) {
    HttpSettings http = http(properties.http(), properties.streaming());
    SplitConnector connector = synchronising(ofKey(key).http(defaults -> http));
    connector =
        addressed(connector, properties.endpoints(), http)
            .maxSegmentPayload(properties.http().maxSegmentPayload().toBytes());
    for (SplitConnectorCustomizer customizer : customizers.orderedStream().toList()) {
      connector = customizer.customize(connector);
    }
    return connector;
  }

  private static SplitConnector ofKey(String key) {
    try {
      return SplitConnector.sdkKey(key);
    } catch (IllegalArgumentException unusable) { // which does not show the key
      throw new SplitioStartException(
          "splitio.api-key cannot be used: " + unusable.getMessage() + ".",
          "Set it to a server-side SDK key as it is shown in Split, without quotes or spaces.");
    }
  }

  private SplitConnector synchronising(SplitConnector connector) {
    Sync sync = properties.sync();
    Streaming streaming = properties.streaming();
    SplitConnector changed =
        connector
            .flagsRefreshRate(sync.featuresRefreshRate())
            .segmentsRefreshRate(sync.segmentsRefreshRate())
            .segmentsConcurrency(sync.segmentsConcurrency())
            .streamReconnectBackoffBase(streaming.reconnectBackoffBase())
            .streamAuthBackoffBase(streaming.authBackoffBase());
    return kept(streaming.enabled() ? changed : changed.withoutStreaming(), sync.snapshotFile());
  }

  private static SplitConnector kept(SplitConnector connector, @Nullable String location) {
    if (location == null || location.isBlank()) {
      return connector;
    }
    try {
      return connector.snapshotFile(
          ResourceUtils.isUrl(location)
              ? ResourceUtils.getFile(location).toPath()
              : Path.of(location));
    } catch (FileNotFoundException | IllegalArgumentException wrong) {
      throw SplitioStartException.invalid(
          "splitio.sync.snapshot-file",
          location,
          "It must name a file, for example /var/lib/app/flags, or start with \"file:\".");
    }
  }

  private static SplitConnector addressed(
      SplitConnector connector, Endpoints endpoints, HttpSettings http) {
    SplitConnector at = connector;
    at = address(at, "all", endpoints.all(), http, SplitConnector::endpoint);
    at = address(at, "sdk", endpoints.sdk(), http, SplitConnector::sdkEndpoint);
    at = address(at, "events", endpoints.events(), http, SplitConnector::eventsEndpoint);
    at = address(at, "auth", endpoints.auth(), http, SplitConnector::authEndpoint);
    at = address(at, "streaming", endpoints.streaming(), http, SplitConnector::streamingEndpoint);
    return address(at, "telemetry", endpoints.telemetry(), http, SplitConnector::telemetryEndpoint);
  }

  private static SplitConnector address(
      SplitConnector connector,
      String name,
      @Nullable URI address,
      HttpSettings http,
      BiFunction<SplitConnector, URI, SplitConnector> set) {
    if (address == null || address.toString().isBlank()) {
      return connector;
    }
    String property = ENDPOINTS + name;
    if (address.getRawUserInfo() != null) {
      throw new SplitioStartException(
          property + " contains a user name or a password.",
          "Leave them out; what a gateway needs can be sent as splitio.http.headers.<name>.");
    }
    try {
      return set.apply(connector, address(property, address, http));
    } catch (IllegalArgumentException wrong) {
      throw SplitioStartException.invalid(
          property, address, "It must be a whole address, for example https://split.example.com.");
    }
  }

  private static URI address(String property, URI address, HttpSettings http) {
    if ("http".equalsIgnoreCase(address.getScheme()) && !allowed(address, http)) {
      throw SplitioStartException.invalid(
          property,
          address,
          "It must start with https, unless it is on this machine. To send the SDK key unencrypted"
              + " nevertheless, set splitio.http.allow-insecure=true.");
    }
    return address;
  }

  private static boolean allowed(URI address, HttpSettings http) {
    String authority = address.getRawAuthority();
    if (address.getHost() == null && (authority == null || authority.indexOf('_') < 0)) {
      return true; // it is refused for that
    }
    try {
      http.checked(address);
      return true;
    } catch (IllegalArgumentException insecure) {
      return false;
    }
  }

  private HttpSettings http(HttpProperties http, Streaming streaming) {
    HttpSettings settings = http.settings(bundles);
    return settings.withTimeouts(
        settings.timeouts().withStream(streaming.openTimeout(), streaming.idleTimeout()));
  }
}
