package io.splitio;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/**
 * The name of this host. Asking may wait for a name server, so it is asked for on threads of the
 * SDK only.
 */
final class HostName implements Supplier<String> {
  static final String UNKNOWN = "unknown";

  @Override
  public String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException | SecurityException e) {
      return UNKNOWN;
    }
  }
}
