package io.splitio.fake.http;

import io.splitio.fake.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes that came with a request. */
public final class Body {
  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes as they arrived. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes arrived. */
  public int size() {
    return bytes.length;
  }

  /** The bytes read as UTF-8. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The text read as JSON: maps, lists, strings, numbers ({@link Long} or {@link
   * java.math.BigDecimal}), booleans and null.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  public @Nullable Object json() {
    return Json.parse(text());
  }

  @Override
  public String toString() {
    return text();
  }
}
