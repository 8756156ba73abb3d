package io.splitio.spring.autoconfigure;

import java.util.Set;

/**
 * Flags may decide differently than before. Published on a thread of the SDK, between the start and
 * the end of the application, after the change is in force.
 *
 * @param flags the names of the flags that were added, removed or changed, or that depend on a flag
 *     or segment that was
 */
public record FlagsChangedEvent(Set<String> flags) {
  /** Copies the names. */
  public FlagsChangedEvent {
    flags = Set.copyOf(flags);
  }
}
