package io.splitio.net.frame;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What shows that the other side means to speak this protocol.
 *
 * @param key sent by this side
 */
public record Handshake(String key) {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** A new one. */
  public static Handshake begin() {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    return new Handshake(Base64.getEncoder().encodeToString(nonce));
  }

  /** What the other side has to answer. */
  public String answer() {
    try {
      byte[] text = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-1", e);
    }
  }
}
