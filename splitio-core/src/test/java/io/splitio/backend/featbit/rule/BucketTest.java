package io.splitio.backend.featbit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/featbit/hash.csv", delimiter = '|', emptyValue = "")
  void aTextHasTheBucketOfTheSpecification(String text, double bucket) {
    assertThat(Bucket.of(text == null ? "" : text)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({
    "exptcheckout-redesignwalter, 0.05380556499585509",
    "exptcheckout-redesigngrace, 0.20105174463242292",
    "exptrate-limitalice, 0.5335856317542493",
    "exptwelcome-banneruser-2, 0.5341038657352328"
  })
  void soHaveTheTextsThatDecideAboutExperiments(String text, double bucket) {
    assertThat(Bucket.of(text)).isEqualTo(bucket);
  }
}
