package io.splitio.net;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where requests may go. */
public final class Addresses {
  /** Names that containers have and {@link URI} takes for no host. */
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

  private static final Pattern UNDERSCORED = Pattern.compile("([\\w.-]*_[\\w.-]*)(?::(\\d{0,9}))?");

  private Addresses() {}

  /**
   * The address itself, if it is an absolute one with http or https that names a host and no user.
   *
   * @param what what the address is, for the message
   * @throws IllegalArgumentException if it is not; the message repeats nothing of the address but
   *     its scheme and its host
   */
  public static URI absolute(String what, URI address) {
    return absolute(what, address, "http or https");
  }

  /**
   * The same for who accepts other schemes too, and has put one of these two in their place.
   *
   * @param schemes what is accepted, for the message
   */
  public static URI absolute(String what, URI address, String schemes) {
    Objects.requireNonNull(address, what);
    if (authority(address).contains("@")) {
      throw new IllegalArgumentException(
          what
              + " contains a user name or password; leave them out and send what a gateway needs"
              + " as a header");
    }
    if (!scheme(address).equals("http") && !scheme(address).equals("https")) {
      throw new IllegalArgumentException(
          what + " is " + shown(address) + "; it must be an absolute address with " + schemes);
    }
    boolean named = address.getHost() != null || UNDERSCORED.matcher(authority(address)).matches();
    if (!named || port(address) > 65_535) {
      throw new IllegalArgumentException(
          what
              + " is "
              + shown(address)
              + "; it must name a host of letters, digits, hyphens, underscores and dots, and a port"
              + " up to 65535 if any");
    }
    return address;
  }

  /** Complains about an address no request may go to; never repeats its user information. */
  static void check(URI address, boolean allowInsecure) {
    absolute("The address", address);
    if (scheme(address).equals("http") && !allowInsecure && !isLoopback(host(address))) {
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
        || LOOPBACK.matcher(host).matches()
        || host.equals("::1");
  }

  /** The port, or -1 when none is named. */
  static int port(URI address) {
    Matcher parts = UNDERSCORED.matcher(authority(address));
    String port = address.getHost() == null && parts.matches() ? parts.group(2) : null;
    return port == null || port.isEmpty() ? address.getPort() : Integer.parseInt(port);
  }

  private static String scheme(URI address) {
    return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String authority(URI address) {
    return address.getRawAuthority() == null ? "" : address.getRawAuthority();
  }

  /** In lower case, and an IPv6 address without its brackets. */
  static String host(URI address) {
    String named = address.getHost();
    String host =
        (named == null ? authority(address).replaceAll(":\\d*$", "") : named)
            .toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Scheme and host: a path or a query may hold a secret. */
  private static String shown(URI address) {
    String scheme = address.getScheme() == null ? "" : address.getScheme() + ":";
    String host = authority(address).replaceAll(":\\d*$", "");
    return host.isEmpty() ? scheme + "…" : scheme + "//" + host;
  }
}
