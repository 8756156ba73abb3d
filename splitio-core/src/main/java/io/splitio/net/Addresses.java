package io.splitio.net;

import java.net.URI;
import java.util.Locale;
import okhttp3.HttpUrl;

/** Where requests may go. */
final class Addresses {
  private Addresses() {}

  /** Complains about an address no request may go to; never repeats its user information. */
  static void check(URI address, boolean allowInsecure) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "The address '" + shown(address) + "' must begin with https:// (or http:// on loopback)");
    }
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "The address '" + shown(address) + "' names a user; leave user and password out of it");
    }
    HttpUrl url = HttpUrl.get(address);
    if (url == null || address.getHost() == null) {
      throw new IllegalArgumentException("The address '" + shown(address) + "' names no host");
    }
    if (!url.isHttps() && !allowInsecure && !isLoopback(url.host())) {
      throw new IllegalArgumentException(
          ("The address '%s' is plain http to a host that is not the loopback. Use https, or set "
                  + "splitio.http.allow-insecure=true to send the SDK key unencrypted")
              .formatted(shown(address)));
    }
  }

  /** Whether a host means this machine by its form alone; names are not looked up. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("::1");
  }

  private static String shown(URI address) {
    return address.getScheme() + "://" + (address.getHost() == null ? "…" : address.getHost());
  }
}
