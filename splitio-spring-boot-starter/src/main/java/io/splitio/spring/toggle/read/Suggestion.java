package io.splitio.spring.toggle.read;

import io.splitio.spring.text.NearestName;
import java.util.Collection;

/** Words for a name that was not found: the nearest one that exists. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no name is near. */
  public static String nearest(String name, Collection<String> existing) {
    String nearest = NearestName.of(name, existing, Math.max(2, name.length() / 3));
    return nearest == null ? "" : "; did you mean '" + nearest + "'?";
  }
}
