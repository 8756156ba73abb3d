package io.splitio.net.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What was shown to a server in the handshake and is secret. A gateway may say what it was asked,
 * or as much of it as it has room for.
 */
public final class Shown {
  /** Nothing was shown. */
  public static final Shown NOTHING = new Shown(List.of());

  private static final int PART = 8; // so many characters of a secret tell too much
  private static final Set<String> OPEN =
      Set.of(
          "connection",
          "content-type",
          "host",
          "sec-websocket-extensions",
          "sec-websocket-key",
          "sec-websocket-version",
          "upgrade",
          "user-agent");

  private final List<String> secrets;

  private Shown(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * The values of headers and of a query, decoded; one that is shorter than eight characters is no
   * secret.
   */
  public static Shown by(Map<String, List<String>> headers, List<String> query) {
    List<String> values = new ArrayList<>(query);
    headers.forEach(
        (name, of) -> {
          if (!OPEN.contains(name.toLowerCase(Locale.ROOT))) {
            values.addAll(of);
          }
        });
    return new Shown(List.copyOf(values));
  }

  /** Whether a text has a part of a secret. */
  public boolean isRepeatedBy(String text) {
    for (String secret : secrets) {
      for (int i = 0; i + PART <= secret.length(); i++) {
        if (text.contains(secret.substring(i, i + PART))) {
          return true;
        }
      }
    }
    return false;
  }
}
