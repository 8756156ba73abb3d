package io.splitio.sample.shop;

/**
 * What a customer says.
 *
 * @param stars 1 to 5
 * @param words in their own words
 */
public record Review(int stars, String words) {
  /** The stars, drawn. */
  public String drawn() {
    return "★".repeat(stars) + "☆".repeat(5 - stars);
  }
}
