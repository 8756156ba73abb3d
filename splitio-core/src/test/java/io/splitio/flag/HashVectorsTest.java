package io.splitio.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Both hashes against the vectors of the evaluation specification, 2.4, 2.7 and 2.8. */
class HashVectorsTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/hash/murmur3.csv", numLinesToSkip = 1, delimiter = '|')
  void murmur3Vectors(String units, int seed, long hash, int bucket) {
    String key = decode(units);

    assertThat(Integer.toUnsignedLong(Hashing.murmur3(key, seed))).isEqualTo(hash);
    assertThat(Hashing.MURMUR3.bucket(key, seed)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/hash/legacy.csv", numLinesToSkip = 1, delimiter = '|')
  void legacyVectors(String units, int seed, int hash, int bucket) {
    String key = decode(units);

    assertThat(key.hashCode() ^ seed).isEqualTo(hash);
    assertThat(Hashing.LEGACY.bucket(key, seed)).isEqualTo(bucket);
  }

  @Test
  void onlyAlgorithmTwoIsMurmur3() {
    assertThat(Hashing.of(2)).isEqualTo(Hashing.MURMUR3);
    assertThat(Hashing.of(1)).isEqualTo(Hashing.LEGACY);
    assertThat(Hashing.of(0)).isEqualTo(Hashing.LEGACY);
    assertThat(Hashing.of(-2)).isEqualTo(Hashing.LEGACY);
  }

  @Property(tries = 5_000)
  void wellFormedTextHashesLikeItsUtf8Bytes(@ForAll String text, @ForAll int seed) {
    String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] bytes = wellFormed.getBytes(StandardCharsets.UTF_8);

    assertThat(Hashing.murmur3(wellFormed, seed))
        .isEqualTo(MurmurHash3.hash32x86(bytes, 0, bytes.length, seed));
  }

  @Property(tries = 5_000)
  void everyTextHasABucketFromOneToAHundred(@ForAll String text, @ForAll int seed) {
    assertThat(Hashing.MURMUR3.bucket(text, seed)).isBetween(1, 100);
    assertThat(Hashing.LEGACY.bucket(text, seed)).isBetween(1, 100);
  }

  /** Chi-squared with 99 degrees of freedom; beyond 148 one in a thousand sets of keys would be. */
  @Test
  void keysAreSpreadEvenlyOverTheBuckets() {
    for (int seed : new int[] {0, 1, -1, 2002, Integer.MIN_VALUE}) {
      int[] counts = new int[101];
      int keys = 200_000;
      for (int i = 0; i < keys; i++) {
        counts[Hashing.MURMUR3.bucket("user-" + i, seed)]++;
      }
      double expected = keys / 100.0;
      double chiSquared = 0;
      for (int bucket = 1; bucket <= 100; bucket++) {
        chiSquared += (counts[bucket] - expected) * (counts[bucket] - expected) / expected;
      }
      assertThat(chiSquared).as("seed %d", seed).isLessThan(148.2);
    }
  }

  /** Text with \\uXXXX escapes, and {@code text * times} for a repetition. */
  private static String decode(String units) {
    int times = units.indexOf(" * ");
    if (times >= 0) {
      return decode(units.substring(0, times)).repeat(Integer.parseInt(units.substring(times + 3)));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < units.length() - 1; i++) { // between quotes
      if (units.startsWith("\\u", i)) {
        text.append((char) Integer.parseInt(units.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        text.append(units.charAt(i));
      }
    }
    return text.toString();
  }
}
