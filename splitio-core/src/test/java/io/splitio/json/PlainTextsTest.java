package io.splitio.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken off the bytes is what the parser of a text reads, errors and places included. */
class PlainTextsTest {
  private static final String[] ODD = {
    "null",
    "7",
    "-1.5e3",
    "true",
    "\"\\u00fc\"",
    "\"\\\"\"",
    "\"a\\\\b\"",
    "\"\"",
    "{}",
    "[1]",
    "nul",
    "}",
    "\"tab\there\"",
    ",",
    "",
    "\"a\"e5",
    "\"a\".5",
    "\"a\"\"b\""
  };
  private static final String[] FOREIGN = {"\"ü\"", "\"日本\"", "\"😀\""};
  private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n", " \t \n  "};

  /** Reads an object of arrays of texts; an error is the last line. */
  private static List<String> read(Json json) throws IOException {
    List<String> read = new ArrayList<>();
    try (json) {
      json.beginDocument();
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        read.add("[" + field);
        json.texts(field, new Collected(read));
        String problem = json.takeProblem();
        if (problem != null) {
          throw json.malformed(problem);
        }
      }
      json.endDocument();
    } catch (MalformedJsonException e) {
      read.add(e.getMessage().replaceFirst("a valid value .*", "a value")); // the parsers differ
    }
    return read;
  }

  private record Collected(List<String> read) implements Json.Texts {
    @Override
    public void ascii(byte[] buffer, int from, int length) {
      read.add(new String(buffer, from, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void characters(char[] buffer, int from, int length) {
      read.add(new String(buffer, from, length));
    }
  }

  /** Hands over a few bytes at a time. */
  private static InputStream trickling(byte[] bytes, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int from, int length) throws IOException {
        return super.read(to, from, Math.min(length, 1 + random.nextInt(40)));
      }
    };
  }

  private static String document(Random random, String[] odd) {
    StringBuilder document = new StringBuilder("{");
    for (String field : new String[] {"added", "removed", "others"}) {
      document.append(field.equals("added") ? "" : ",").append(space(random));
      document.append('"').append(field).append("\":[").append(space(random));
      int count = random.nextInt(12);
      for (int element = 0; element < count; element++) {
        document.append(element == 0 ? "" : ",").append(space(random));
        document.append(element(random, odd)).append(space(random));
      }
      document.append(']');
    }
    return document.append('}').append(random.nextInt(20) == 0 ? "x" : "").toString();
  }

  private static String element(Random random, String[] odd) {
    if (random.nextInt(20) == 0) {
      return odd[random.nextInt(odd.length)];
    }
    int length = random.nextInt(50) == 0 ? random.nextInt(3_000) : random.nextInt(20);
    return '"' + "k".repeat(length) + random.nextInt(1000) + '"';
  }

  private static String space(Random random) {
    return SPACES[random.nextInt(SPACES.length)];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverTheArrayHoldsIsReadAsAParserOfTextReadsIt(long seed) throws IOException {
    Random random = new Random(seed);
    int errors = 0;
    for (int turn = 0; turn < 500; turn++) {
      String document = document(random, ODD);
      byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      List<String> expected = read(Json.of(document));

      assertThat(read(Json.of(bytes))).as(document).isEqualTo(expected);
      assertThat(read(Json.of(trickling(bytes, random)))).as(document).isEqualTo(expected);
      errors += expected.get(expected.size() - 1).startsWith("line ") ? 1 : 0;
    }
    assertThat(errors).isBetween(50, 450);
  }

  @Test
  void textsThatAreNotAsciiAreReadByTheParser() throws IOException {
    Random random = new Random(5);
    for (int turn = 0; turn < 500; turn++) {
      String document = document(random, FOREIGN);
      List<String> expected = read(Json.of(document));
      if (!expected.get(expected.size() - 1).startsWith("line ")) { // columns count bytes
        assertThat(read(Json.of(document.getBytes(StandardCharsets.UTF_8)))).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3000,3000,0", "0,3000,3000", "1,700,3000", "3000,0,1", "500,500,500"})
  void arraysAreReadWholeHoweverLongOnesFollowOneAnother(int added, int removed, int others)
      throws IOException {
    String document =
        "{\"added\":%s,\"removed\":%s,\"others\":%s}"
            .formatted(keys("a", added), keys("r", removed), keys("o", others));

    List<String> read = read(Json.of(document.getBytes(StandardCharsets.UTF_8)));

    assertThat(read).hasSize(3 + added + removed + others).isEqualTo(read(Json.of(document)));
  }

  private static String keys(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> '"' + prefix + "-key-of-a-usual-length-" + number + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void aCutDocumentIsTheSameErrorWhereverItIsCut() throws IOException {
    String whole = "\n{\n \"added\":[\"a\", \"b\",\n\"c\"],\"removed\":[ \"d\" ]}";
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      List<String> expected = read(Json.of(cut));

      assertThat(expected).as(cut).last().asString().startsWith("line ");
      boolean insideText = cut.chars().filter(one -> one == '"').count() % 2 != 0;
      if (!insideText) { // else the words of the parsers differ
        assertThat(read(Json.of(cut.getBytes(StandardCharsets.UTF_8)))).isEqualTo(expected);
      }
    }
  }

  @Test
  void aDocumentInAnotherEncodingIsReadByTheParserAlone() throws IOException {
    String document = "{\"added\":[\"a\",\"b\"]}";

    assertThat(read(Json.of(document.getBytes(StandardCharsets.UTF_16BE))))
        .containsExactly("[added", "a", "b");
  }

  @Test
  void anArrayFurtherDownIsReadAsWellAndSoIsWhatFollowsIt() throws IOException {
    byte[] document =
        "{\"inner\":{\"added\":[\"a\",\"b\"]},\"last\":\"c\"}".getBytes(StandardCharsets.UTF_8);
    List<String> read = new ArrayList<>();
    try (Json json = Json.of(document)) {
      json.beginDocument();
      read.add(json.nextField());
      assertThat(json.beginObject("inner")).isTrue();
      read.add(json.nextField());
      json.texts("added", new Collected(read));
      assertThat(json.nextField()).isNull();
      read.add(json.nextField());
      read.add(json.text("last"));
      assertThat(json.nextField()).isNull();
      json.endDocument();
    }
    assertThat(read).containsExactly("inner", "added", "a", "b", "last", "c");
  }

  @Test
  void theStreamIsClosedWithTheDocument() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    byte[] bytes = "{\"added\":[\"a\"]}".getBytes(StandardCharsets.UTF_8);
    InputStream stream =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThat(read(Json.of(stream))).containsExactly("[added", "a");
    assertThat(closed).isTrue();
  }
}
