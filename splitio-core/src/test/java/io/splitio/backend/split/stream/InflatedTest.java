package io.splitio.backend.split.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.split.stream.Notification.Definition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol specification's vectors A.2, and what must lead to a fetch instead. */
@Timeout(30)
class InflatedTest {
  private static final String PLAIN =
      "eyJuYW1lIjoiZGVtbyIsInN0YXR1cyI6IkFSQ0hJVkVEIiwiY2hhbmdlTnVtYmVyIjozMH0=";
  private static final String GZIP =
      "H4sIAAAAAAAC/6tWykvMTVWyUkpJzc1X0lEqLkksKS0G8h2DnD08w1xdgGLJGYl56al+pblJqUVKVsYGtQCQiQvA"
          + "NQAAAA==";
  private static final String ZLIB =
      "eNqrVspLzE1VslJKSc3NV9JRKi5JLCktBvIdg5w9PMNcXYBiyRmJeempfqW5SalFSlbGBrUAwqQQtQ==";

  private static byte[] inflated(int compression, String data) {
    return Inflated.definition(new Definition(20, compression, data));
  }

  private static byte[] inflated(int compression, byte[] data) {
    return inflated(compression, Base64.getEncoder().encodeToString(data));
  }

  @ParameterizedTest
  @CsvSource({"0, " + PLAIN, "1, " + GZIP, "2, " + ZLIB})
  void allThreeEncodingsAreRead(int compression, String data) {
    assertThat(inflated(compression, data))
        .asString(UTF_8)
        .isEqualTo("{\"name\":\"demo\",\"status\":\"ARCHIVED\",\"changeNumber\":30}");
  }

  @ParameterizedTest
  @CsvSource({
    "2, " + GZIP,
    "1, " + ZLIB,
    "2, " + PLAIN,
    "7, " + ZLIB,
    "-1, " + PLAIN,
    "0, %%%",
    "1, %%%",
    "2, %%%",
    "0, ''",
    "1, ''",
    "2, ''"
  })
  void whatCannotBeReadIsFetched(int compression, String data) {
    assertThat(inflated(compression, data)).isNull();
  }

  @Test
  void theLastEightCharactersMatter() {
    assertThat(inflated(2, ZLIB.substring(0, ZLIB.length() - 8))).isNull();
    assertThat(inflated(1, GZIP.substring(0, GZIP.length() - 8))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, " + GZIP, "2, " + ZLIB})
  void cutOffAnywhereItIsFetchedAtOnce(int compression, String data) {
    byte[] whole = Base64.getDecoder().decode(data);
    for (int length = 0; length < whole.length; length++) {
      assertThat(inflated(compression, Arrays.copyOf(whole, length))).as("%d", length).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, " + GZIP, "2, " + ZLIB})
  void withMoreAfterItsEndItIsFetched(int compression, String data) {
    byte[] whole = Base64.getDecoder().decode(data);
    for (int more : new int[] {1, 7, 8, 9, 18, 30, 600, 10_000}) {
      assertThat(inflated(compression, Arrays.copyOf(whole, whole.length + more)))
          .as("%d", more)
          .isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, " + GZIP, "2, " + ZLIB})
  void aFlippedBitNeverGoesUnnoticed(int compression, String data) {
    byte[] right = inflated(compression, data);
    byte[] whole = Base64.getDecoder().decode(data);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      byte[] read = inflated(compression, damaged);
      assertThat(read == null || Arrays.equals(read, right)).as("bit %d", bit).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aBombIsNotInflated(int compression) throws IOException {
    byte[] bomb = packed(compression, new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(300_000);
    assertThat(Duration.ofNanos(timeOf(() -> assertThat(inflated(compression, bomb)).isNull())))
        .isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void moreThanTenMebibytesAreNotInflatedHoweverLittleTheyShrank(int compression)
      throws IOException {
    byte[] noise = new byte[(10 << 20) + 1];
    new Random(1).nextBytes(noise);
    assertThat(inflated(compression, packed(compression, noise))).isNull();
    byte[] less = Arrays.copyOf(noise, 9 << 20);
    assertThat(inflated(compression, packed(compression, less))).isEqualTo(less);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSmallDefinitionMayShrinkALot(int compression) throws IOException {
    byte[] spaces = new byte[1 << 20];
    Arrays.fill(spaces, (byte) ' ');
    assertThat(inflated(compression, packed(compression, spaces))).isEqualTo(spaces);
  }

  private static long timeOf(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return System.nanoTime() - start;
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
