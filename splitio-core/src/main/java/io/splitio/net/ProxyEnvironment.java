package io.splitio.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies the environment names: {@code HTTPS_PROXY}, else {@code HTTP_PROXY}, for https;
 * {@code HTTP_PROXY} for http; none for the loopback and for what {@code NO_PROXY} lists. A name in
 * lower case counts before the same in upper case.
 */
final class ProxyEnvironment {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final @Nullable ProxySettings forHttps;
  private final @Nullable ProxySettings forHttp;
  private final List<String> exempt;

  ProxyEnvironment(Map<String, String> variables) {
    ProxySettings https = proxy(variables, "https_proxy");
    forHttp = proxy(variables, "http_proxy");
    forHttps = https == null ? forHttp : https;
    exempt =
        Stream.of(value(variables, "no_proxy").split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
  }

  /** Whether it names no proxy at all. */
  boolean isEmpty() {
    return forHttps == null && forHttp == null;
  }

  @Nullable ProxySettings towards(HttpUrl url) {
    if (isEmpty()
        || Addresses.isLoopback(url.host())
        || exempt.stream().anyMatch(name -> covers(name, url))) {
      return null;
    }
    return url.isHttps() ? forHttps : forHttp;
  }

  /** Whether an entry of {@code NO_PROXY} is the host, a domain above it, or everything. */
  private static boolean covers(String name, HttpUrl url) {
    if (name.equals("*")) {
      return true;
    }
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    String host = url.host();
    String bare = domain.startsWith(".") ? domain.substring(1) : domain;
    return bare.equals(host) || bare.equals(host + ":" + url.port()) || host.endsWith("." + bare);
  }

  private static @Nullable ProxySettings proxy(Map<String, String> variables, String name) {
    String value = value(variables, name);
    if (value.isEmpty()) {
      return null;
    }
    try {
      return proxy(new URI(value.contains("://") ? value : "http://" + value));
    } catch (URISyntaxException | IllegalArgumentException e) {
      log.warn(
          "The environment variable {} is no proxy address such as http://host:3128; it is ignored",
          name.toUpperCase(Locale.ROOT));
      return null;
    }
  }

  private static ProxySettings proxy(URI address) throws URISyntaxException {
    String authority = address.getRawAuthority() == null ? "" : address.getRawAuthority();
    int at = authority.lastIndexOf('@');
    URI bare = new URI(address.getScheme() + "://" + authority.substring(at + 1));
    ProxySettings proxy = ProxySettings.at(bare);
    String user =
        at < 0 ? null : new URI("http://" + authority.substring(0, at + 1) + "a").getUserInfo();
    if (user == null) {
      return proxy;
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? proxy.withBasic(user, "")
        : proxy.withBasic(user.substring(0, colon), user.substring(colon + 1));
  }

  private static String value(Map<String, String> variables, String name) {
    String lower = variables.getOrDefault(name, "");
    return (lower.isBlank() ? variables.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower)
        .strip();
  }
}
