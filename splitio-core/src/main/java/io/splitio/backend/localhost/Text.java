package io.splitio.backend.localhost;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file.
 *
 * @param file names the file in messages
 * @param content without a byte order mark
 */
record Text(String file, String content) {

  /** The text that bytes mean, which must be UTF-8. */
  static Text of(String file, byte[] bytes) throws UnreadableFileException {
    if (isWide(bytes)) {
      throw new UnreadableFileException(
          file + " is encoded in UTF-16 or UTF-32. Save it in UTF-8.");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new UnreadableFileException(
          file + ", line " + lineAt(bytes, in.position()) + " is not UTF-8. Save it in UTF-8.");
    }
    return withoutMark(file, out.flip().toString());
  }

  /** A text, whose byte order mark is left out. */
  static Text withoutMark(String file, String content) {
    return new Text(file, content.startsWith("\uFEFF") ? content.substring(1) : content);
  }

  /** An error about a line of it. */
  UnreadableFileException wrong(int line, String problem) {
    return new UnreadableFileException(file + ", line " + line + ": " + problem);
  }

  private static boolean isWide(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    return mark == 0xFEFF || mark == 0xFFFE || bytes[0] == 0 || bytes[1] == 0;
  }

  private static int lineAt(byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
