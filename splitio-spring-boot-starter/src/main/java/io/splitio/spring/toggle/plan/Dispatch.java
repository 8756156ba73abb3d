package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.read.ToggleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, while another bean is called in a method's place, which annotation sent the call
 * there.
 *
 * <p>The other bean often carries the same annotation, from an interface they share. Without this
 * it would evaluate the flag again, record a second impression, and might send the call back.
 */
final class Dispatch {
  private static final ThreadLocal<ToggleDefinition> SENT_BY = new ThreadLocal<>();

  private final ToggleDefinition definition;

  Dispatch(ToggleDefinition definition) {
    this.definition = definition;
  }

  /** Whether the current call was sent by an equal annotation; says so once. */
  boolean received() {
    if (!definition.equals(SENT_BY.get())) {
      return false;
    }
    SENT_BY.remove();
    return true;
  }

  @Nullable Object call(Body body) throws Throwable {
    ToggleDefinition before = SENT_BY.get();
    SENT_BY.set(definition);
    try {
      return body.run();
    } finally {
      restore(before);
    }
  }

  private static void restore(@Nullable ToggleDefinition before) {
    if (before == null) {
      SENT_BY.remove();
    } else {
      SENT_BY.set(before);
    }
  }

  /** What is called. */
  @FunctionalInterface
  interface Body {
    @Nullable Object run() throws Throwable;
  }
}
