package io.splitio.net.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as RFC 6455 has them, byte for byte. */
class FrameReaderTest {
  private static final long LONGEST = 70_000;

  private static FrameReader reader(String hex) {
    return new FrameReader(new ByteArrayInputStream(bytes(hex)), LONGEST);
  }

  private static byte[] bytes(String hex) {
    String digits = hex.replace(" ", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  @Test
  void aTextIsRead() throws IOException {
    assertThat(reader("81 05 48656c6c6f").next()).isEqualTo(new Message.Text("Hello"));
  }

  @Test
  void partsArePutTogetherAroundAPing() throws IOException {
    FrameReader reader = reader("01 03 48656c 89 02 7069 80 02 6c6f");
    assertThat(((Message.Ping) reader.next()).payload()).asHexString().isEqualTo("7069");
    assertThat(reader.next()).isEqualTo(new Message.Text("Hello"));
  }

  @Test
  void aCharacterMayBeSplitBetweenParts() throws IOException {
    assertThat(reader("01 01 c3 80 01 a9").next()).isEqualTo(new Message.Text("é"));
  }

  @ParameterizedTest
  @CsvSource({"81 7e 0003 616263, abc", "81 7f 0000000000000003 616263, abc", "81 00, ''"})
  void lengthsHaveThreeForms(String hex, String text) throws IOException {
    assertThat(reader(hex).next()).isEqualTo(new Message.Text(text));
  }

  @Test
  void bytesThatAreNoTextArePassedOver() throws IOException {
    FrameReader reader = reader("02 01 ff 80 01 fe 8a 00 81 01 61");
    assertThat(reader.next()).isEqualTo(new Message.Other());
    assertThat(reader.next()).isEqualTo(new Message.Other());
    assertThat(reader.next()).isEqualTo(new Message.Text("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "88 02 0fa3, 4003, ''",
    "88 04 03e8 6f6b, 1000, ok",
    "88 00, 1005, ''",
    "88 08 03f4 0a6f0d1b6bff, 1012, o  k\uFFFD"
  })
  void aGoodbyeHasACodeOrNoneAndAReasonWithoutControlCharacters(String hex, int code, String reason)
      throws IOException {
    assertThat(reader(hex).next()).isEqualTo(new Message.Close(code, reason));
  }

  @Test
  void onlyATextIsUnderWay() throws IOException {
    FrameReader binary = reader("02 01 ff 89 00");
    assertThat(binary.next()).isInstanceOf(Message.Ping.class);
    assertThat(binary.underWay()).isFalse();
    FrameReader text = reader("01 01 61 89 00");
    assertThat(text.next()).isInstanceOf(Message.Ping.class);
    assertThat(text.underWay()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "c1 01 61, 1002",
    "81 81 01020304 05, 1002",
    "83 00, 1002",
    "8b 00, 1002",
    "80 01 61, 1002",
    "01 01 61 81 01 62, 1002",
    "09 00, 1002",
    "89 7e 0080, 1002",
    "88 01 03, 1002",
    "81 7f ffffffffffffffff, 1002",
    "81 02 c328, 1007",
    "81 02 eda0, 1007",
    "81 7f 0000010000000000, 1009",
    "01 7f 0000000000011171, 1009",
    "01 01 61 80 7f 7fffffffffffffff, 1009"
  })
  void whatIsNotValidIsAViolation(String hex, int code) {
    assertThatThrownBy(() -> reader(hex).next())
        .isInstanceOfSatisfying(
            Violation.class, violation -> assertThat(violation.code()).isEqualTo(code));
  }

  @Test
  void partsTogetherMayNotBeLongerThanOneMessage() {
    byte[] part = new byte[60_004];
    part[0] = 1;
    part[1] = 126;
    part[2] = (byte) (60_000 >> 8);
    part[3] = (byte) 60_000;
    byte[] parts = new byte[part.length * 2];
    System.arraycopy(part, 0, parts, 0, part.length);
    System.arraycopy(part, 0, parts, part.length, part.length);
    parts[part.length] = 0;
    FrameReader reader = new FrameReader(new ByteArrayInputStream(parts), LONGEST);
    assertThatThrownBy(reader::next).isInstanceOf(Violation.class).hasMessageContaining("longer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "81 05 4865", "81 7e 00", "88 02 0f", "01 01 61"})
  void anEndInTheMiddleIsTheEnd(String hex) {
    assertThatThrownBy(() -> reader(hex).next()).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void aTextIsWrittenMasked(int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FrameWriter(out).text("x".repeat(length));
    byte[] frame = out.toByteArray();
    int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    assertThat(frame).hasSize(head + 4 + length);
    assertThat(frame[0] & 0xff).isEqualTo(0x81);
    assertThat(frame[1] & 0xff).isEqualTo(0x80 | (length < 126 ? length : head == 4 ? 126 : 127));
    for (int i = 0; i < length; i++) {
      assertThat(frame[head + 4 + i] ^ frame[head + i % 4]).isEqualTo('x');
    }
  }

  @Test
  void nothingIsWrittenAfterAGoodbye() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    writer.close(1000);
    int length = out.size();
    writer.close(1001);
    writer.text("late");
    writer.pong(new byte[0]);
    assertThat(out.size()).isEqualTo(length);
  }

  @Test
  void aGoodbyeIsWrittenWithItsCode() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FrameWriter(out).close(1000);
    byte[] frame = out.toByteArray();
    assertThat(frame[0] & 0xff).isEqualTo(0x88);
    assertThat(((frame[6] ^ frame[2]) << 8) | ((frame[7] ^ frame[3]) & 0xff)).isEqualTo(1000);
  }
}
