package io.splitio.backend.featbit.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Turns a text into a fraction of one (FeatBit specification 4.5). */
final class Bucket {
  private Bucket() {}

  /**
   * The bucket of a text, from 0 to 1: the first four bytes of its MD5, lowest first, as a signed
   * number.
   */
  static double of(String text) {
    byte[] digest = md5().digest(text.getBytes(StandardCharsets.UTF_8));
    int number =
        (digest[0] & 0xFF)
            | (digest[1] & 0xFF) << 8
            | (digest[2] & 0xFF) << 16
            | (digest[3] & 0xFF) << 24;
    return Math.abs(number / -0x1p31);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) { // every Java platform has it
      throw new IllegalStateException("this Java platform has no MD5", e);
    }
  }
}
