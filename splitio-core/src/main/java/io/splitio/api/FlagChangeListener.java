package io.splitio.api;

import java.util.Set;

/**
 * Hears when flags may decide differently than before.
 *
 * <p>Called on a thread of the SDK after the change is in force, in the order of the changes. What
 * it throws is caught and logged. With flags from Redis nobody is told: what is not asked for is
 * not followed there.
 */
@FunctionalInterface
public interface FlagChangeListener {

  /**
   * Takes the names of the flags that were added, removed or changed, or that depend on a flag or
   * segment that was.
   */
  void flagsChanged(Set<String> flags);
}
