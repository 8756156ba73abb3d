package io.splitio.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The order of versions. It is not transitive where numbers and text meet among pre-release
 * identifiers, because those are compared as text: 9 is before 10, 10 before 1a, and 1a before 9.
 */
class SemverOrderTest {

  @Provide
  Arbitrary<Semver> versions() {
    return versions("aB-019", 3);
  }

  @Provide
  Arbitrary<Semver> versionsWithWords() {
    return versions("abc-", 2);
  }

  @Provide
  Arbitrary<Semver> versionsWithNumbers() {
    return versions("0123456789", 25);
  }

  private static Arbitrary<Semver> versions(String identifierChars, int identifierLength) {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 3);
    Arbitrary<String> identifier =
        Arbitraries.strings()
            .withChars(identifierChars)
            .ofMinLength(1)
            .ofMaxLength(identifierLength);
    Arbitrary<String> pre = identifier.list().ofMaxSize(3).map(ids -> String.join(".", ids));
    Arbitrary<String> meta = Arbitraries.of("", "", "+a", "+b.1", "+001");
    return Combinators.combine(small, small, small, pre, meta)
        .as((a, b, c, p, m) -> a + "." + b + ".0" + c + (p.isEmpty() ? "" : "-" + p) + m)
        .map(text -> Objects.requireNonNull(Semver.parse(text), text));
  }

  @Property
  void swappingTheVersionsTurnsTheOrderRound(
      @ForAll("versions") Semver a, @ForAll("versions") Semver b) {
    assertThat(Integer.signum(a.compare(b))).isEqualTo(-Integer.signum(b.compare(a)));
  }

  @Property
  void equalVersionsComeTogether(@ForAll("versions") Semver a, @ForAll("versions") Semver b) {
    assertThat(a.compare(a)).isZero();
    if (a.equals(b)) {
      assertThat(a.compare(b)).isZero();
      assertThat(a).hasSameHashCodeAs(b);
    }
  }

  @Property
  void versionsThatComeTogetherDifferInMetadataOnly(
      @ForAll("versions") Semver a, @ForAll("versions") Semver b) {
    assertThat(a.compare(b) == 0).isEqualTo(withoutMetadata(a).equals(withoutMetadata(b)));
  }

  @Property
  void orderIsTransitiveAmongWords(
      @ForAll("versionsWithWords") Semver a,
      @ForAll("versionsWithWords") Semver b,
      @ForAll("versionsWithWords") Semver c) {
    assertTransitive(a, b, c);
  }

  @Property
  void orderIsTransitiveAmongNumbers(
      @ForAll("versionsWithNumbers") Semver a,
      @ForAll("versionsWithNumbers") Semver b,
      @ForAll("versionsWithNumbers") Semver c) {
    assertTransitive(a, b, c);
  }

  @Property
  void theCanonicalTextSaysTheSameVersion(@ForAll("versions") Semver a) {
    assertThat(Semver.parse(a.toString())).isEqualTo(a).hasToString(a.toString());
  }

  private static void assertTransitive(Semver a, Semver b, Semver c) {
    if (a.compare(b) <= 0 && b.compare(c) <= 0) {
      assertThat(a.compare(c)).isNotPositive();
    }
  }

  private static String withoutMetadata(Semver version) {
    return version.toString().replaceFirst("\\+.*", "");
  }
}
