package io.splitio.sample.shop;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.SplitKey;
import io.splitio.spring.toggle.WhenOff;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What customers say; only beta testers, a segment, see it so far. */
@Component
class Reviews {
  /** One review by the id of its tea; none when the flag {@code reviews} is off. */
  @FeatureToggle(flag = "reviews", whenOff = WhenOff.EMPTY)
  Map<String, Review> latest(@SplitKey String shopper) {
    return Map.of(
        "breakfast", new Review(5, "Stands up to milk like nothing else."),
        "sencha", new Review(5, "Tastes like a morning by the sea."),
        "oolong", new Review(4, "Third infusion is the best one."),
        "needle", new Review(5, "So gentle. My Sunday tea."),
        "pine", new Review(3, "Like drinking a campfire. I like campfires."),
        "chai", new Review(4, "More pepper than most, in a good way."),
        "mint", new Review(4, "Lovely cold, too."),
        "meadow", new Review(4, "Asleep before the cup was empty."));
  }

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
}
