package io.splitio.backend.split.stream;

import io.splitio.json.Json;
import io.splitio.json.MalformedJsonException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the authentication service answers (protocol specification 6.1 and 6.2).
 *
 * @param pushEnabled whether there is streaming at all
 * @param text the token itself, a secret
 * @param channels what to subscribe to
 * @param renewAfter how long after its arrival to ask for another
 * @param expires when it ends, in milliseconds since 1970, or 0
 */
public record Token(
    boolean pushEnabled, String text, List<String> channels, Duration renewAfter, long expires) {
  private static final Duration EARLY = Duration.ofMinutes(10);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofMinutes(50);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final String OCCUPANCY = "[?occupancy=metrics.publishers]";
  private static final String METADATA = "channel-metadata:publishers";

  /**
   * Reads an answer.
   *
   * @throws IOException when it is no such answer, or its token is not one; the message does not
   *     contain the token
   */
  public static Token read(byte[] answer) throws IOException {
    try {
      return parsed(answer);
    } catch (MalformedJsonException e) { // its message may quote the token
      throw new IOException("the answer is no token that can be read");
    }
  }

  private static Token parsed(byte[] answer) throws IOException {
    boolean enabled = false;
    String text = null;
    try (Json json = Json.of(answer)) {
      json.beginDocument();
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        switch (field) {
          case "pushEnabled" -> enabled = Boolean.TRUE.equals(json.bool(field));
          case "token" -> text = json.text(field);
          default -> json.skip();
        }
      }
      json.endDocument();
    }
    return enabled
        ? granted(text == null ? "" : text)
        : new Token(false, "", List.of(), LONGEST, 0);
  }

  private static Token granted(String text) throws IOException {
    Claims claims = Claims.read(payload(text));
    if (claims.channels.isEmpty()) {
      throw new IOException("the streaming token allows no channels");
    }
    return new Token(true, text, List.copyOf(claims.channels), claims.renewAfter(), claims.exp());
  }

  private static byte[] payload(String text) throws IOException {
    String[] parts = text.split("\\.", -1);
    if (parts.length < 2) {
      throw new IOException("the streaming token has no payload");
    }
    try {
      return Base64.getUrlDecoder().decode(parts[1]);
    } catch (IllegalArgumentException e) { // its message may quote the token
      throw new IOException("the payload of the streaming token is not base64url");
    }
  }

  /** What the token says. */
  private static final class Claims {
    private final List<String> channels = new ArrayList<>();
    private @Nullable Long expires;
    private @Nullable Long issued;

    private static Claims read(byte[] payload) throws IOException {
      Claims claims = new Claims();
      try (Json json = Json.of(payload)) {
        json.beginDocument();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
          switch (field) {
            case "x-ably-capability" -> claims.readChannels(json.text(field));
            case "exp" -> claims.expires = json.number(field);
            case "iat" -> claims.issued = json.number(field);
            default -> json.skip();
          }
        }
      }
      return claims;
    }

    /** The capability is a text that holds another document: channel names and what is allowed. */
    private void readChannels(@Nullable String capability) throws IOException {
      if (capability == null) {
        return;
      }
      try (Json json = Json.of(capability)) {
        json.beginDocument();
        for (String name = json.nextField(); name != null; name = json.nextField()) {
          List<String> allowed = json.texts(name);
          boolean counted = allowed != null && allowed.contains(METADATA);
          channels.add(counted ? OCCUPANCY + name : name);
        }
      }
    }

    /** From its lifetime, so that the clocks need not agree. */
    private Duration renewAfter() {
      if (expires == null || issued == null) {
        return USUAL;
      }
      long lifetime = Math.min(expires - issued, LONGEST.toSeconds());
      Duration delay = Duration.ofSeconds(Math.max(0, lifetime)).minus(EARLY);
      if (delay.isZero() || delay.isNegative()) {
        return USUAL;
      }
      return delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
    }

    private long exp() {
      return expires == null ? 0 : expires * 1000;
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Token[pushEnabled=" + pushEnabled + ", channels=" + channels.size() + "]";
  }
}
