package io.splitio.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param fate what to do with it
 * @param notBefore how long the service wants to be left alone, or null when it does not say
 * @param reason why it was not delivered, in words for an operator and without secrets, or null
 */
public record Delivery(Fate fate, @Nullable Duration notBefore, @Nullable String reason) {

  /** What to do with a batch. */
  public enum Fate {
    /** The service has it. */
    DELIVERED,
    /** A passing trouble: keep it and try again soon. */
    TRY_AGAIN,
    /** A trouble that somebody has to mend: keep it and try again after minutes. */
    TRY_MUCH_LATER,
    /** It is too large: send half of it. */
    HALVE,
    /** The service does not understand it: once more, then give it up. */
    REFUSED;

    /** What an answer with a status that is no success means for a batch. */
    public static Fate ofStatus(int status) {
      return switch (status) {
        case 401, 403, 404 -> TRY_MUCH_LATER;
        case 413 -> HALVE;
        case 408, 425, 429 -> TRY_AGAIN;
        default -> status < 400 ? TRY_MUCH_LATER : status >= 500 ? TRY_AGAIN : REFUSED;
      };
    }
  }

  /** A fate without a wish of the service, and without words. */
  public static Delivery of(Fate fate) {
    return new Delivery(fate, null, null);
  }
}
