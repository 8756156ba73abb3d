package io.splitio.codec;

import static io.splitio.codec.Documents.flagJson;
import static io.splitio.codec.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.splitio.api.DateUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are no change documents, and the limits of what is read. */
class MalformedDocumentTest {
  private static final ChangesReader READER =
      new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

  private static Changes read(String document) throws IOException {
    return READER.read(quoted(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the document is empty; a JSON object is expected",
        "[]|the document is an array; a JSON object is expected",
        "7|the document is a number; a JSON object is expected",
        "null|the document is null; a JSON object is expected",
        "{'ff':[]}|ff is an array; it must be an object",
        "{'ff':{'d':{}}}|the list of definitions is an object; it must be an array",
        "{'ff':{'t':'x'}}|till is x; it must be a whole number",
        "{'splits':7}|the list of definitions is a number; it must be an array",
        "{} {}|there is more text after the end of the document"
      })
  void whatIsNoChangeDocumentIsRefused(String document, String message) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageMatching("line 1, column \\d+: .*")
        .hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ff':{'d':[",
        "{'ff':{'d':[{'name':'f'",
        "{'ff':{'d':[{'name':'f",
        "{'ff':{'d':[],}}",
        "{ff:{}}",
        "{'ff':{'d':[nul]}}",
        "{'ff':{'d':[{'name':'f','x':[1,2}]}}",
        "{'ff':{'d':[{'name':'f','x':'\\q'}]}}"
      })
  void brokenSyntaxIsReportedWithItsPlace(String document) {
    MalformedJsonException error =
        catchThrowableOfType(MalformedJsonException.class, () -> read("\n\n" + document));

    assertThat(error).hasMessageStartingWith("line 3, column ");
    assertThat(error.line()).isEqualTo(3);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] latin = quoted("{'ff':{'d':[{'name':'ñandú'}]}}").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> READER.read(latin)).isInstanceOf(IOException.class);
  }

  @Test
  void nestingMayBeSixtyFourDeep() throws IOException {
    String deep = "'x':" + "[".repeat(60) + "]".repeat(60);
    String tooDeep = "'x':" + "[".repeat(61) + "]".repeat(61);

    assertThat(read("{'ff':{'d':[" + flagJson(deep) + "]}}").flags().active()).hasSize(1);
    assertThatThrownBy(() -> read("{'ff':{'d':[" + flagJson(tooDeep) + "]}}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("nesting depth (65)");
  }

  @Test
  void aTextMayBeEightMegabytesLong() throws IOException {
    String config = "x".repeat(8 * 1024 * 1024);

    assertThat(
            read("{'ff':{'d':[" + flagJson("'configurations':{'on':'" + config + "'}") + "]}}")
                .flags()
                .active())
        .hasSize(1);
    assertThatThrownBy(
            () ->
                read(
                    "{'ff':{'d':[" + flagJson("'configurations':{'on':'" + config + "x'}") + "]}}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("String value length");
  }

  @Test
  void aNumberMayBeAThousandDigitsLong() throws IOException {
    String digits = "1".repeat(1_000);

    assertThat(read("{'ff':{'d':[" + flagJson("'seed':" + digits) + "]}}").flags().active())
        .hasSize(1);
    assertThatThrownBy(() -> read("{'ff':{'d':[" + flagJson("'seed':1" + digits) + "]}}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("Number value length");
  }
}
