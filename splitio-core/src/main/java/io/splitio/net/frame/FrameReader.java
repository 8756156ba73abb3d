package io.splitio.net.frame;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from frames, strictly: whatever breaks a rule, is compressed, or makes a message
 * longer than allowed is a {@link Violation}. What a length announces is not believed, but read.
 * For one thread.
 */
public final class FrameReader {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_CONTROL = 125;
  private static final int NOT_SAID = 1005;
  private static final int CODE = 2; // bytes
  private static final int CHUNK = 16 * 1024;

  private final DataInputStream in;
  private final long longest;
  private ByteArrayOutputStream message = new ByteArrayOutputStream();

  /** Of the message under way, CONTINUATION when there is none; written by the reading thread. */
  private volatile int kind;

  // written by the reading thread
  private volatile long heard = System.nanoTime();
  private volatile long begun = heard; // when the message under way began
  private volatile long taken; // bytes of messages

  private long total; // what taken shows, for the reading thread to add to

  /**
   * Reads from a stream.
   *
   * @param longest how many bytes a text may have
   */
  public FrameReader(InputStream in, long longest) {
    this.in = new DataInputStream(in);
    this.longest = longest;
  }

  /**
   * The next message; waits for it.
   *
   * @throws Violation when the other side does not keep to the protocol
   * @throws EOFException when the connection ends
   */
  public Message next() throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      heard = System.nanoTime();
      int opcode = first & 0x0f;
      boolean last = (first & 0x80) != 0;
      long length = length();
      if ((first & 0x70) != 0) {
        throw new Violation(Violation.PROTOCOL, "a frame is compressed, which was not agreed on");
      }
      if (opcode >= CLOSE) {
        return control(opcode, last, length);
      }
      begin(opcode);
      take(length);
      if (last) {
        return whole();
      }
    }
  }

  /** When something came last, by {@link System#nanoTime()}; for any thread. */
  public long heard() {
    return heard;
  }

  /** Whether a text has begun and not ended; for any thread. */
  public boolean underWay() {
    return kind == TEXT;
  }

  /** How far the message under way has come, or null when there is none; for any thread. */
  public @Nullable Progress progress() {
    return kind == CONTINUATION ? null : new Progress(begun, taken);
  }

  /**
   * How far a message has come.
   *
   * @param begun when it began, by {@link System#nanoTime()}
   * @param bytes how many bytes were taken of all messages so far
   */
  public record Progress(long begun, long bytes) {}

  private long length() throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new Violation(Violation.PROTOCOL, "a frame of the server is masked");
    }
    long length =
        switch (second) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second;
        };
    if (length < 0) {
      throw new Violation(Violation.PROTOCOL, "a frame has no valid length");
    }
    return length;
  }

  private Message control(int opcode, boolean last, long length) throws IOException {
    if (!last || length > LONGEST_CONTROL) {
      throw new Violation(Violation.PROTOCOL, "a control frame is too long or in parts");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload); // unlike others it never asks for no bytes, for which Okio would wait
    return switch (opcode) {
      case CLOSE -> new Message.Close(code(payload), reason(payload));
      case PING -> new Message.Ping(payload);
      case PONG -> new Message.Other();
      default -> throw new Violation(Violation.PROTOCOL, "a frame is of no known kind: " + opcode);
    };
  }

  private static int code(byte[] payload) throws Violation {
    if (payload.length == 1) {
      throw new Violation(Violation.PROTOCOL, "a goodbye has half a code");
    }
    return payload.length == 0 ? NOT_SAID : ByteBuffer.wrap(payload).getShort() & 0xffff;
  }

  /** At most 123 bytes, as control frames are short; what could forge a line is left out. */
  private static String reason(byte[] payload) {
    int length = Math.max(0, payload.length - CODE);
    return new String(payload, payload.length - length, length, StandardCharsets.UTF_8)
        .replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ")
        .strip();
  }

  private void begin(int opcode) throws Violation {
    boolean goesOn = kind != CONTINUATION;
    boolean known = opcode == CONTINUATION || opcode == TEXT || opcode == BINARY;
    if (!known || goesOn != (opcode == CONTINUATION)) {
      throw new Violation(Violation.PROTOCOL, "a frame is out of place, of kind " + opcode);
    }
    if (!goesOn) {
      begun = System.nanoTime();
      kind = opcode;
    }
  }

  /** Bytes that are no text are passed over. */
  private void take(long length) throws IOException {
    if (kind == TEXT && length > longest - message.size()) {
      throw new Violation(Violation.SIZE, "a message is longer than " + longest + " bytes");
    }
    byte[] chunk = new byte[(int) Math.min(length, CHUNK)];
    for (long left = length; left > 0; ) {
      int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (count < 0) {
        throw new EOFException();
      }
      heard = System.nanoTime();
      left -= count;
      total += count;
      taken = total;
      if (kind == TEXT) {
        message.write(chunk, 0, count);
      }
    }
  }

  private Message whole() throws IOException {
    boolean text = kind == TEXT;
    kind = CONTINUATION;
    if (!text) {
      return new Message.Other();
    }
    ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
    message = new ByteArrayOutputStream(); // a large one is not kept
    try {
      return new Message.Text(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new Violation(Violation.TEXT, "a text is not UTF-8");
    }
  }
}
