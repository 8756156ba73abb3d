package io.splitio.sample.shop;

import java.util.Map;

/**
 * Who is shopping: the key and the attributes that flags look at.
 *
 * @param id the key
 * @param name what to call them
 * @param plan {@code basic}, {@code silver} or {@code gold}
 * @param age in years
 * @param country a two-letter code
 */
public record Shopper(String id, String name, String plan, int age, String country) {
  /** What targeting rules may look at. */
  public Map<String, Object> attributes() {
    return Map.of("plan", plan, "age", age, "country", country);
  }
}
