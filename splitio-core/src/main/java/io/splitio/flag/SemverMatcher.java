package io.splitio.flag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tests of semantic versions. A version that cannot be read, in the rule or in the value, does not
 * match.
 */
public sealed interface SemverMatcher extends Matcher {

  /** Whether a version matches. */
  boolean matches(Semver version);

  @Override
  default boolean matches(Object value) {
    Semver version = value instanceof String text ? Semver.parse(text) : null;
    return version != null && matches(version);
  }

  /** Exactly one version, build metadata included. */
  record EqualTo(@Nullable Semver expected) implements SemverMatcher {
    @Override
    public boolean matches(Semver version) {
      return version.equals(expected);
    }

    @Override
    public String describe() {
      return "is version " + expected;
    }
  }

  /** A version or later. */
  record AtLeast(@Nullable Semver least) implements SemverMatcher {
    @Override
    public boolean matches(Semver version) {
      return least != null && version.compare(least) >= 0;
    }

    @Override
    public String describe() {
      return "is version " + least + " or later";
    }
  }

  /** A version or earlier. */
  record AtMost(@Nullable Semver most) implements SemverMatcher {
    @Override
    public boolean matches(Semver version) {
      return most != null && version.compare(most) <= 0;
    }

    @Override
    public String describe() {
      return "is version " + most + " or earlier";
    }
  }

  /** A range with both its ends. */
  record Between(@Nullable Semver least, @Nullable Semver most) implements SemverMatcher {
    @Override
    public boolean matches(Semver version) {
      return least != null
          && most != null
          && version.compare(least) >= 0
          && version.compare(most) <= 0;
    }

    @Override
    public String describe() {
      return "is between versions " + least + " and " + most;
    }
  }

  /** One of several versions, build metadata included. */
  record OneOf(List<Semver> versions) implements SemverMatcher {
    /** Copies the list. */
    public OneOf {
      versions = List.copyOf(versions);
    }

    @Override
    public boolean matches(Semver version) {
      return versions.contains(version);
    }

    @Override
    public String describe() {
      return "is one of the versions " + versions;
    }
  }
}
