package io.splitio.backend.split.keep;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whose definitions a file holds. The SDK key is in it only as what cannot be turned back; and as
 * the same key seals what is written, nobody without it can write what is believed.
 */
public final class Owner {
  private static final String HMAC = "HmacSHA256";

  private final byte[] mark;
  private final SecretKeySpec key;

  private Owner(byte[] mark, SecretKeySpec key) {
    this.mark = mark;
    this.key = key;
  }

  /**
   * The owner of definitions that were asked for in this way.
   *
   * @param sdkKey the environment
   * @param spec the version of the documents
   * @param flagSets the only flag sets that were asked for; empty means all
   */
  public static Owner of(String sdkKey, String spec, Collection<String> flagSets) {
    SecretKeySpec secret = new SecretKeySpec(sdkKey.getBytes(StandardCharsets.UTF_8), HMAC);
    String scope = spec + '\n' + String.join(",", new TreeSet<>(flagSets));
    byte[] mark = mac(secret).doFinal(("owner\n" + scope).getBytes(StandardCharsets.UTF_8));
    byte[] derived = mac(secret).doFinal(("seal\n" + scope).getBytes(StandardCharsets.UTF_8));
    return new Owner(mark, new SecretKeySpec(derived, HMAC));
  }

  /** The beginning of each of its files. */
  byte[] mark() {
    return mark.clone();
  }

  boolean marked(byte[] other) {
    return MessageDigest.isEqual(mark, other);
  }

  /** What seals a new file, or the seals of an existing one are compared with. */
  Seal seal() {
    return new Seal(mac(key), mark);
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Owner";
  }
}
