package io.splitio.backend.featbit.rule;

import io.splitio.flag.Matcher;

/** A test that fails the evaluation of whoever has a value for it. */
record Unanswerable(String reason) implements Matcher {
  @Override
  public boolean matches(Object value) {
    throw new IllegalStateException(reason);
  }

  @Override
  public String describe() {
    return "cannot be answered: " + reason;
  }
}
