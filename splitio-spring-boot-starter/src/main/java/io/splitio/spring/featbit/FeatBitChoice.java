package io.splitio.spring.featbit;

import io.splitio.backend.featbit.DefinitionSource;
import io.splitio.backend.featbit.DefinitionStore;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.featbit.InsightSink;
import io.splitio.net.HttpSettings;
import io.splitio.spring.autoconfigure.SplitioProperties;
import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

/** Makes the connector to FeatBit from properties. */
record FeatBitChoice(
    SplitioProperties sdk, FeatBitProperties featbit, ResourceLoader resources, BeanFactory beans) {
  private static final String SECRET = FeatBitProperties.PREFIX + ".env-secret";
  private static final String STREAMING = FeatBitProperties.PREFIX + ".streaming-url";
  private static final String EVENTS = FeatBitProperties.PREFIX + ".event-url";
  private static final String FILE = FeatBitProperties.PREFIX + ".bootstrap-file";
  private static final String LOCALHOST_KEY = "localhost";

  FeatBitConnector connector() {
    requireNoOtherSource();
    FeatBitConnector connector = featbit.offline() ? offline() : online();
    ObjectProvider<FeatBitConnectorCustomizer> customizers =
        beans.getBeanProvider(FeatBitConnectorCustomizer.class);
    for (FeatBitConnectorCustomizer customizer : customizers.orderedStream().toList()) {
      connector = customizer.customize(connector);
    }
    return connector;
  }

  private void requireNoOtherSource() {
    if (!LOCALHOST_KEY.equals(key())) {
      return;
    }
    if (sdk.mode() == Mode.FEATBIT) {
      throw new SplitioStartException(
          "splitio.api-key is \"localhost\", but splitio.mode is FEATBIT.",
          "Remove splitio.mode to read flags from a file, or set another key.");
    }
    throw new SplitioStartException(
        "splitio.api-key is \"localhost\", but there are properties of FeatBit below "
            + FeatBitProperties.PREFIX
            + ".",
        "Remove splitio.api-key to get flags from FeatBit; or remove the others to read flags from"
            + " a file.");
  }

  private String key() {
    String key = sdk.apiKey();
    return key == null ? "" : key.strip();
  }

  private FeatBitConnector offline() {
    String location = featbit.bootstrapFile();
    if (location == null || location.isBlank()) {
      return FeatBitConnector.offline();
    }
    try {
      return ResourceUtils.isUrl(location)
          ? offline(location, resources.getResource(location))
          : FeatBitConnector.offline(Path.of(location));
    } catch (IOException | IllegalArgumentException wrong) {
      throw SplitioStartException.invalid(
          FILE,
          location,
          "It must be a path, or start with \"file:\" or \"classpath:\", and exist.");
    }
  }

  /** A file may be mended later; what is inside a jar cannot change, so it is read now. */
  private static FeatBitConnector offline(String location, Resource resource) throws IOException {
    return resource.isFile()
        ? FeatBitConnector.offline(resource.getFile().toPath())
        : FeatBitConnector.offline(location, resource.getContentAsString(StandardCharsets.UTF_8));
  }

  private FeatBitConnector online() {
    HttpSettings http = sdk.http().settings(beans.getBeanProvider(SslBundles.class));
    FeatBitProperties.Events sent = featbit.events();
    DefinitionSource source = beans.getBeanProvider(DefinitionSource.class).getIfAvailable();
    InsightSink sink = beans.getBeanProvider(InsightSink.class).getIfAvailable();
    boolean bothOwn = source != null && (sink != null || featbit.disableEvents());
    FeatBitConnector bare =
        bothOwn && givenSecret().isEmpty() ? FeatBitConnector.withoutSecret() : secret();
    FeatBitConnector connector =
        withAddresses(bare, source, sink, http)
            .http(defaults -> http)
            .firstRetryDelay(featbit.firstRetryDelay())
            .maxRetryDelay(featbit.maxRetryDelay())
            .pingInterval(featbit.pingInterval())
            .eventsFlushInterval(sent.flushInterval())
            .eventsCapacity(sent.maxQueue())
            .eventsRetries(sent.maxRetries(), sent.retryInterval());
    DefinitionStore store = beans.getBeanProvider(DefinitionStore.class).getIfAvailable();
    connector = store == null ? connector : connector.store(store);
    return featbit.disableEvents() ? connector.withoutEvents() : connector;
  }

  /**
   * What the application brings itself needs no address; insights go where definitions come from.
   */
  private FeatBitConnector withAddresses(
      FeatBitConnector bare,
      @Nullable DefinitionSource source,
      @Nullable InsightSink sink,
      HttpSettings http) {
    FeatBitConnector connector =
        source == null
            ? bare.streaming(address(STREAMING, given(STREAMING, featbit.streamingUrl()), http))
            : bare.source(source);
    if (sink != null) {
      return connector.insights(batch -> sink.take(batch)); // the context closes the bean
    }
    boolean own = isGiven(featbit.eventUrl());
    if (featbit.disableEvents() && !own) {
      return connector; // nothing is sent
    }
    String property = own || source != null ? EVENTS : STREAMING;
    URI events = own || source != null ? featbit.eventUrl() : featbit.streamingUrl();
    return connector.events(address(property, given(property, events), http));
  }

  private static boolean isGiven(@Nullable URI address) {
    return address != null && !address.toString().isBlank();
  }

  private String givenSecret() {
    String own = featbit.envSecret();
    return own != null && StringUtils.hasText(own) ? own.strip() : key();
  }

  private FeatBitConnector secret() {
    String secret = givenSecret();
    if (secret.isEmpty()) {
      throw new SplitioStartException(
          SECRET + " is " + (featbit.envSecret() == null ? "not set." : "empty."),
          "Set it to the server secret of the environment, as FeatBit shows it.");
    }
    try {
      return FeatBitConnector.secret(secret);
    } catch (IllegalArgumentException unusable) { // which does not show it
      throw new SplitioStartException(
          (StringUtils.hasText(featbit.envSecret()) ? SECRET : "splitio.api-key")
              + " cannot be used: "
              + unusable.getMessage()
              + ".",
          "Set it to the server secret of the environment, without quotes or spaces.");
    }
  }

  private static URI given(String property, @Nullable URI address) {
    if (address == null || !isGiven(address)) {
      boolean insights = property.equals(EVENTS); // definitions have a source of their own
      throw new SplitioStartException(
          property
              + " is not set, and "
              + (insights ? "insights go to FeatBit." : "flags come from FeatBit."),
          "Set it to the address of the evaluation server, for example wss://featbit.example.com;"
              + " or set "
              + FeatBitProperties.PREFIX
              + (insights ? ".disable-events=true." : ".offline=true."));
    }
    return address;
  }

  private static URI address(String property, URI address, HttpSettings http) {
    if (address.getRawUserInfo() != null) {
      throw new SplitioStartException(
          property + " contains a user name or a password.",
          "Leave them out; what a gateway needs can be sent as splitio.http.headers.<name>.");
    }
    try {
      FeatBitConnector unused = FeatBitConnector.offline().streaming(address);
    } catch (IllegalArgumentException wrong) {
      throw SplitioStartException.invalid(
          property,
          address,
          "It must be a whole address with ws, wss, http or https, for example"
              + " wss://featbit.example.com.");
    }
    if (isPlain(address) && !allowed(address, http)) {
      throw SplitioStartException.invalid(
          property,
          address,
          "It must start with wss or https, unless it is on this machine. To send the secret"
              + " unencrypted nevertheless, set splitio.http.allow-insecure=true.");
    }
    return address;
  }

  private static boolean isPlain(URI address) {
    String scheme = scheme(address);
    return scheme.equals("ws") || scheme.equals("http");
  }

  private static String scheme(URI address) {
    String scheme = address.getScheme();
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }

  private static boolean allowed(URI address, HttpSettings http) {
    String text = address.toString();
    URI spoken = URI.create("http" + text.substring(scheme(address).length()));
    try {
      http.checked(spoken);
      return true;
    } catch (IllegalArgumentException insecure) {
      return false;
    }
  }
}
