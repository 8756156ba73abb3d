package io.splitio.backend.featbit.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
  private static DataSync read(String field) throws Exception {
    return Objects.requireNonNull(
        MessageReader.read(
            """
            {"messageType":"data-sync","data":{"eventType":"full","featureFlags":[
              {"key":"odd","updatedAt":"2025-03-01T10:00:00Z",%s},
              {"key":"good","updatedAt":"2025-03-01T10:00:00Z","isEnabled":true}]}}
            """
                .formatted(field)));
  }

  @ParameterizedTest
  @CsvSource({
    "isEnabled, '\"true\"', a text",
    "isEnabled, '\"yes\"', a text",
    "isEnabled, 1, a number",
    "isEnabled, [], an array",
    "isArchived, '\"false\"', a text",
    "exptIncludeAllTargets, '\"\"', a text"
  })
  void aFlagWithASwitchThatIsNoBooleanIsLeftOutAndTold(String field, String value, String kind)
      throws Exception {
    DataSync message = read("\"" + field + "\":" + value);
    assertThat(message.flags()).singleElement().extracting(Item::key).isEqualTo("good");
    assertThat(message.rejected())
        .containsExactly(
            new DataSync.Rejected(
                false,
                "odd",
                "the flag odd: " + field + " is " + kind + "; it must be true or false"));
  }

  /** Without it, its rule would be for users it is not for. */
  @Test
  void aFlagWithAConditionThatIsNullIsLeftOutAndTold() throws Exception {
    DataSync message = read("\"rules\":[{\"conditions\":[null]}]");
    assertThat(message.flags()).singleElement().extracting(Item::key).isEqualTo("good");
    assertThat(message.rejected())
        .containsExactly(new DataSync.Rejected(false, "odd", "the flag odd: a condition is null"));
  }

  @Test
  void aKeyThatIsANumberIsNone() throws Exception {
    DataSync message = read("\"key\":7");
    assertThat(message.flags()).singleElement().extracting(Item::key).isEqualTo("good");
    assertThat(message.rejected())
        .singleElement()
        .extracting(DataSync.Rejected::problem)
        .asString()
        .contains("key is no text");
  }

  @Test
  void aNumberNobodyKnowsAFlagByIsNoFault() throws Exception {
    assertThat(read("\"id\":7").flags()).hasSize(2);
  }

  @Test
  void aSwitchThatIsNullOrMissingIsOff() throws Exception {
    assertThat(read("\"isEnabled\":null").rejected()).isEmpty();
    assertThat(read("\"name\":\"Odd\"").flags()).hasSize(2);
  }
}
