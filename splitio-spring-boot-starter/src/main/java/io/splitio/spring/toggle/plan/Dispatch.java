package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.read.ToggleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, while another bean is called in a method's place, which annotation sent the call
 * there, and with which arguments.
 *
 * <p>The other bean often carries the same annotation, from an interface they share. Without this
 * it would evaluate the flag again, record a second impression, and might send the call back. A
 * call with other arguments, further down, is a question of its own. A call back with the very same
 * arguments is not: it reaches the method itself, so that a variant may wrap what it replaces.
 */
final class Dispatch {
  private static final ThreadLocal<Sent> SENT = new ThreadLocal<>();

  private final ToggleDefinition definition;

  Dispatch(ToggleDefinition definition) {
    this.definition = definition;
  }

  /** A call under way to another bean. */
  private static final class Sent {
    private final ToggleDefinition definition;
    private final @Nullable Object[] arguments;

    private Sent(ToggleDefinition definition, @Nullable Object[] arguments) {
      this.definition = definition;
      this.arguments = arguments;
    }
  }

  /** Whether the current call was sent by an equal annotation; says so once. */
  boolean received(@Nullable Object[] arguments) {
    Sent sent = SENT.get();
    if (sent == null || !definition.equals(sent.definition) || !same(arguments, sent.arguments)) {
      return false;
    }
    SENT.remove();
    return true;
  }

  @Nullable Object call(@Nullable Object[] arguments, Body body) throws Throwable {
    Sent before = SENT.get();
    SENT.set(new Sent(definition, arguments));
    try {
      return body.run();
    } finally {
      restore(before);
    }
  }

  private static void restore(@Nullable Sent before) {
    if (before == null) {
      SENT.remove();
    } else {
      SENT.set(before);
    }
  }

  /** The same instances: the call was passed on, not made anew. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(@Nullable Object[] some, @Nullable Object[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (some[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /** What is called. */
  @FunctionalInterface
  interface Body {
    @Nullable Object run() throws Throwable;
  }
}
