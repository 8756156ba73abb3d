package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.split.stream.Inflated;
import io.splitio.backend.split.stream.Notification.Definition;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.JsonText;
import io.splitio.testing.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged answers and definitions: only documented errors, and no version ever goes back. */
class DocumentFuzzTest {
  private static final String CHANGES =
      "{\"ff\":{\"s\":-1,\"t\":100,\"d\":["
          + JsonText.of(
              JsonText.flag("a", JsonText.rollout("on", JsonText.inSegment("IN_SEGMENT", "beta"))))
          + ","
          + JsonText.of(JsonText.with(JsonText.flag("b"), "sets", List.of("web")))
          + "]},\"rbs\":{\"s\":-1,\"t\":50,\"d\":["
          + JsonText.of(JsonText.ruleBasedSegment("vip", List.of("u1"), List.of()))
          + "]}}";
  private static final String SEGMENT =
      "{\"name\":\"beta\",\"added\":[\"u1\",\"u7\"],\"removed\":[\"u2\"],\"since\":-1,\"till\":9}";

  private static byte[] damaged(String text, Random random) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = random.nextInt(5); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) "{}[]\",:0-e\\nt".charAt(random.nextInt(13));
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  @Property(seed = "1")
  void damagedChangesAreReadOrMalformedAndNeverGoBack(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    SnapshotStore store = new SnapshotStore((before, after) -> {});
    Pages pages =
        new Pages(store, random.nextBoolean() ? Set.of() : Set.of("web"), new Telemetry());
    ChangesReader reader = new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);
    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 3; i++) {
        long flags = store.current().flagsTill();
        long ruleBased = store.current().ruleBasedTill();
        try {
          pages.apply(reader.read(damaged(CHANGES, random)));
        } catch (MalformedJsonException e) {
          continue;
        }
        assertThat(store.current().flagsTill()).isGreaterThanOrEqualTo(flags);
        assertThat(store.current().ruleBasedTill()).isGreaterThanOrEqualTo(ruleBased);
      }
      assertThat(log.lines()).noneMatch(line -> line.contains("\n"));
    }
  }

  @Property(seed = "2")
  void damagedSegmentsAreReadOrMalformed(@ForAll long seed) throws IOException {
    SegmentReader reader = new SegmentReader(Sanitizing.NONE);
    byte[] document = damaged(SEGMENT, new Random(seed));
    try {
      assertThat(reader.read(document).added().size()).isLessThan(10);
    } catch (MalformedJsonException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(seed = "3")
  void damagedDefinitionsAreUnpackedRightOrNotAtAll(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int compression = 1 + random.nextInt(2);
    byte[] packed = packed(compression, CHANGES.getBytes(UTF_8));
    for (int i = random.nextInt(3); i >= 0; i--) {
      packed[random.nextInt(packed.length)] = (byte) random.nextInt(256);
    }
    byte[] data =
        random.nextBoolean() ? packed : Arrays.copyOf(packed, random.nextInt(packed.length));
    String text = Base64.getEncoder().encodeToString(data);
    byte[] read = Inflated.definition(new Definition(1, compression, text));
    assertThat(read == null || new String(read, UTF_8).equals(CHANGES)).isTrue();
  }

  @Property(seed = "4")
  void noiseIsNoDefinition(@ForAll byte[] noise, @ForAll String text) {
    for (int compression = 1; compression < 4; compression++) {
      String packed = Base64.getEncoder().encodeToString(noise);
      assertThat(Inflated.definition(new Definition(1, compression, packed))).isNull();
      assertThat(Inflated.definition(new Definition(1, compression, text))).isNull();
    }
  }

  private static byte[] packed(int compression, byte[] data) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        compression == 1 ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
      out.write(data);
    }
    return packed.toByteArray();
  }
}
