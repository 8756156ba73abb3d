package io.splitio.codec;

import static io.splitio.codec.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.flag.Segment;
import io.splitio.json.MalformedJsonException;
import io.splitio.keys.KeySet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluation specification 1.8, and 12.5 for what is mended in files. */
class SegmentDocumentTest {

  private static SegmentChange read(String document) throws IOException {
    return new SegmentReader(Sanitizing.NONE).read(quoted(document));
  }

  @Test
  void everyFieldIsRead() throws IOException {
    String document =
        "{'name':'staff','added':['ana','bob'],'removed':['carl'],'since':-1,'till':1700000000000}";
    SegmentChange expected =
        new SegmentChange(
            "staff",
            KeySet.of(Set.of("ana", "bob")),
            KeySet.of(Set.of("carl")),
            -1,
            1_700_000_000_000L);
    byte[] bytes = quoted(document).getBytes(StandardCharsets.UTF_8);

    assertThat(read(document)).isEqualTo(expected);
    assertThat(new SegmentReader(Sanitizing.NONE).read(bytes)).isEqualTo(expected);
    assertThat(new SegmentReader(Sanitizing.NONE).read(new ByteArrayInputStream(bytes)))
        .isEqualTo(expected);
  }

  @Test
  void absentFieldsAndNullsAreEmpty() throws IOException {
    assertThat(read("{}"))
        .isEqualTo(
            new SegmentChange(null, KeySet.EMPTY, KeySet.EMPTY, Changes.UNSAID, Changes.UNSAID));
    assertThat(read("{'added':[null,'a',7],'removed':null,'other':[{}]}").added())
        .isEqualTo(KeySet.of(Set.of("a", "7")));
  }

  @Test
  void aKeyBothAddedAndRemovedIsAMember() throws IOException {
    Segment before = new Segment("staff", Set.of("carl", "dora"), 1);
    Segment after = read("{'added':['ana'],'removed':['ana','carl'],'till':2}").applyTo(before, 2);

    assertThat(after.keys()).isEqualTo(KeySet.of(Set.of("ana", "dora")));
    assertThat(after.changeNumber()).isEqualTo(2);
  }

  @Test
  void keysThatAreNoArrayAreAnErrorWithItsPlace() {
    assertThatThrownBy(() -> read("{'name':'s',\n'added':7}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith("line 2, column ")
        .hasMessageEndingWith("added is a number; it must be an array");
  }

  @ParameterizedTest
  @CsvSource({"0,-1", "-7,-1", "-1,-1", "5,5", "null,-1"})
  void inFilesTheVersionIsMended(String till, long mended) throws IOException {
    String document = "{'name':'s','since':3,'till':" + till + "}";

    assertThat(new SegmentReader(Sanitizing.LOCALHOST).read(quoted(document)).till())
        .isEqualTo(mended);
  }

  @ParameterizedTest
  @CsvSource({"3,5,3", "-9,5,5", "8,5,5", "-1,5,-1"})
  void inFilesTheFirstVersionIsMended(long since, long till, long mended) throws IOException {
    String document = "{'name':'s','since':" + since + ",'till':" + till + "}";

    assertThat(new SegmentReader(Sanitizing.LOCALHOST).read(quoted(document)).since())
        .isEqualTo(mended);
  }
}
