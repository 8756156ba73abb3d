package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.codec.SegmentChange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Damaged files of every format: whatever they contain, reading them ends, with what they say or
 * with the error made for that.
 */
class FileFormatFuzzTest {
  private static final String JSON =
      """
      {"ff":{"d":[{"name":"checkout_v2","trafficTypeName":"user","status":"ACTIVE","killed":false,
       "defaultTreatment":"off","changeNumber":1700000000001,"algo":2,"seed":2002,
       "trafficAllocation":60,"trafficAllocationSeed":-1001,
       "configurations":{"on":"{\\"color\\":\\"green\\"}"},"sets":["web","checkout"],
       "prerequisites":[{"n":"base_flag","ts":["on","v2"]}],
       "conditions":[{"conditionType":"ROLLOUT","label":"l","matcherGroup":{"combiner":"AND",
       "matchers":[{"matcherType":"BETWEEN","negate":false,"keySelector":{"attribute":"age"},
       "betweenMatcherData":{"dataType":"NUMBER","start":18,"end":30.0}},
       {"matcherType":"MATCHES_STRING","stringMatcherData":"^a+$"},
       {"matcherType":"IN_LIST_SEMVER","whitelistMatcherData":{"whitelist":["1.2.3"]}}]},
       "partitions":[{"treatment":"on","size":40},{"treatment":"off","size":60}]}]}],
       "s":-1,"t":1700000009999},
       "rbs":{"d":[{"name":"beta","excluded":{"keys":["eve"],"segments":[{"name":"staff",
       "type":"standard"}]},"conditions":[]}],"s":-1,"t":-1}}
      """;
  private static final String YAML =
      """
      # flags
      - price_page: &page
          treatment: "blue"
          keys: ["ana", 'bob', 7]
          config: "{\\"size\\": 3}"
      - price_page:
          <<: *page
          treatment: on
      - beta_banner: {treatment: "on", keys: "qa-1"}
      - text:
          treatment: |
            long
          config: >-
            folded
      """;
  private static final String SPLIT = "# flags\ncheckout v2\ncheckout\tv3 ana\n\n  x  on \r\ny off";
  private static final String SEGMENT =
      """
      {"name":"staff","added":["ana","bob"],"removed":["eve"],"since":-1,"till":1700000000001}
      """;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "-",
    "&a ",
    "*a",
    "!!",
    "!x",
    "|",
    ">",
    "#",
    "\t",
    "\n",
    "\r",
    "\0",
    "\uFEFF",
    "?",
    "%",
    "@",
    "`",
    "<<: ",
    "---\n",
    "...",
    "\\u",
    "\\",
    "null",
    "1e999999999",
    "-0.0",
    "99999999999999999999",
    "true",
    "\uD800",
    "😀",
    "[[[[[[[[",
    "{{{{{{",
    "- - - - ",
    "\"d\":",
    "\"t\":",
    "\"matcherType\":\"NEW\","
  };

  @Property(tries = 2_000)
  void damagedJsonIsReadOrRefused(@ForAll long seed) {
    read(Format.JSON, JSON, seed);
  }

  @Property(tries = 2_000)
  void damagedYamlIsReadOrRefused(@ForAll long seed) {
    read(Format.YAML, YAML, seed);
  }

  @Property(tries = 1_000)
  void damagedLinesAreReadOrRefused(@ForAll long seed) {
    read(Format.SPLIT, SPLIT, seed);
  }

  @Property(tries = 2_000)
  void damagedSegmentsAreReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = SEGMENT.getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      bytes = damaged(bytes, random);
    }
    readSegment(bytes);
  }

  @Property(tries = 500)
  void noiseIsNoSegment(@ForAll byte[] bytes) {
    readSegment(bytes);
  }

  private static void readSegment(byte[] bytes) {
    try {
      SegmentChange change = SegmentFolder.read(Text.of("fuzzed", bytes));
      assertThat(change.name()).isNotEmpty();
      assertThat(change.added().size()).isLessThanOrEqualTo(bytes.length);
      assertThat(change.removed().size()).isLessThanOrEqualTo(bytes.length);
    } catch (UnreadableFileException e) {
      assertThat(e).hasMessageStartingWith("fuzzed");
    }
  }

  @Property(tries = 500)
  void noiseIsReadOrRefused(@ForAll byte[] bytes) {
    for (Format format : Format.values()) {
      read(format, bytes);
    }
  }

  private static void read(Format format, String valid, long seed) {
    Random random = new Random(seed);
    byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      bytes = damaged(bytes, random);
    }
    read(format, bytes);
  }

  private static void read(Format format, byte[] bytes) {
    try {
      Reading reading = format.read(Text.of("fuzzed", bytes), DateUnit.MILLISECONDS);
      assertThat(reading.changes().flags().active()).doesNotContainNull();
    } catch (UnreadableFileException e) {
      assertThat(e).hasMessageStartingWith("fuzzed");
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(30));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, at, new byte[0], end);
      case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
      case 3 -> {
        byte[] noise = new byte[random.nextInt(4)];
        random.nextBytes(noise);
        yield joined(bytes, at, noise, end);
      }
      default -> {
        String piece = PIECES[random.nextInt(PIECES.length)].repeat(1 + random.nextInt(20));
        yield joined(bytes, at, piece.getBytes(StandardCharsets.UTF_8), at);
      }
    };
  }

  private static byte[] joined(byte[] bytes, int keep, byte[] middle, int from) {
    byte[] joined = Arrays.copyOf(bytes, keep + middle.length + bytes.length - from);
    System.arraycopy(middle, 0, joined, keep, middle.length);
    System.arraycopy(bytes, from, joined, keep + middle.length, bytes.length - from);
    return joined;
  }
}
