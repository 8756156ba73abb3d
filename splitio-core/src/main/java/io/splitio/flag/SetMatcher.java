package io.splitio.flag;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tests of collections and arrays, whose elements are compared as text; null elements count for
 * nothing.
 */
public sealed interface SetMatcher extends Matcher {

  /** The texts of the rule. */
  Set<String> texts();

  /** Whether the elements, as text and without duplicates, match. */
  boolean matches(Set<String> elements);

  @Override
  default boolean matches(Object value) {
    Set<String> elements = elements(value);
    return elements != null && matches(elements);
  }

  /** The same elements. */
  record EqualTo(Set<String> texts) implements SetMatcher {
    /** Copies the set. */
    public EqualTo {
      texts = Set.copyOf(texts);
    }

    @Override
    public boolean matches(Set<String> elements) {
      return elements.equals(texts);
    }

    @Override
    public String describe() {
      return "is the set " + new TreeSet<>(texts);
    }
  }

  /** At least one element, and none that is not listed. */
  record PartOf(Set<String> texts) implements SetMatcher {
    /** Copies the set. */
    public PartOf {
      texts = Set.copyOf(texts);
    }

    /** As below, without a set of the elements. */
    @Override
    public boolean matches(Object value) {
      if (!(value instanceof Collection<?> elements)) {
        return SetMatcher.super.matches(value);
      }
      boolean some = false;
      for (Object element : elements) {
        String text = text(element);
        if (text != null && !texts.contains(text)) {
          return false;
        }
        some |= text != null;
      }
      return some;
    }

    @Override
    public boolean matches(Set<String> elements) {
      return !elements.isEmpty() && texts.containsAll(elements);
    }

    @Override
    public String describe() {
      return "is part of the set " + new TreeSet<>(texts);
    }
  }

  /** Everything that is listed, which must be something. */
  record ContainsAll(Set<String> texts) implements SetMatcher {
    /** Copies the set. */
    public ContainsAll {
      texts = Set.copyOf(texts);
    }

    @Override
    public boolean matches(Set<String> elements) {
      return !texts.isEmpty() && elements.containsAll(texts);
    }

    @Override
    public String describe() {
      return "contains all of " + new TreeSet<>(texts);
    }
  }

  /** Anything that is listed. */
  record ContainsAny(Set<String> texts) implements SetMatcher {
    /** Copies the set. */
    public ContainsAny {
      texts = Set.copyOf(texts);
    }

    /** As below, without a set of the elements. */
    @Override
    public boolean matches(Object value) {
      if (!(value instanceof Collection<?> elements)) {
        return SetMatcher.super.matches(value);
      }
      for (Object element : elements) {
        String text = text(element);
        if (text != null && texts.contains(text)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean matches(Set<String> elements) {
      for (String element : elements) {
        if (texts.contains(element)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String describe() {
      return "contains any of " + new TreeSet<>(texts);
    }
  }

  private static @Nullable Set<String> elements(Object value) {
    Set<String> elements = new HashSet<>();
    if (value instanceof Collection<?> collection) {
      for (Object element : collection) {
        add(elements, element);
      }
      return elements;
    }
    if (!value.getClass().isArray()) {
      return null;
    }
    for (int i = 0, n = Array.getLength(value); i < n; i++) {
      add(elements, Array.get(value, i));
    }
    return elements;
  }

  private static void add(Set<String> elements, @Nullable Object element) {
    String text = text(element);
    if (text != null) { // immutable sets do not even answer questions about null
      elements.add(text);
    }
  }

  private static @Nullable String text(@Nullable Object element) {
    return element == null ? null : element.toString();
  }
}
