package io.splitio.backend.featbit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.flag.Criterion;
import io.splitio.flag.Relation.Scope;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OperatorVectorsTest {
  private static final Scope NO_SEGMENTS =
      new Scope() {
        @Override
        public boolean inSegment(String segment, String key) {
          return false;
        }

        @Override
        public boolean inRuleBasedSegment(
            String segment, String key, String bucketingKey, Map<String, Object> attributes) {
          return false;
        }

        @Override
        public String treatment(
            String flag, String key, String bucketingKey, Map<String, Object> attributes) {
          return "control";
        }
      };

  @ParameterizedTest
  @CsvFileSource(
      resources = "/featbit/operators.csv",
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "null")
  void anOperatorAnswersAsSpecified(
      String operator, @Nullable String property, @Nullable String value, String expected) {
    Criterion criterion = Criteria.of(new ConditionDefinition("p", operator, value));
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("p", property);
    if (expected.equals("error")) {
      assertThatThrownBy(() -> criterion.holds("k", "k", attributes, NO_SEGMENTS))
          .isInstanceOf(IllegalStateException.class);
    } else {
      assertThat(criterion.holds("k", "k", attributes, NO_SEGMENTS))
          .isEqualTo(Boolean.parseBoolean(expected));
    }
  }
}
