package io.splitio.fake.featbit;

import io.splitio.fake.http.Wire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's side of a WebSocket (RFC 6455). Texts may be sent by any thread. */
final class WebSocket {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int LONGEST = 1 << 24;

  private final Wire wire;
  private final DataInputStream in;

  WebSocket(Wire wire) {
    this.wire = wire;
    this.in = new DataInputStream(wire.in());
  }

  /** The answer to a client's {@code Sec-WebSocket-Key}. */
  static String accept(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha.digest((key.strip() + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-1", e);
    }
  }

  /** The next text, or null when the other side has closed. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      byte[] payload = payload();
      int opcode = first & 0x0F;
      if (opcode == CLOSE) {
        send(CLOSE, payload); // the answer repeats the code
        return null;
      }
      if (opcode == PING) {
        send(PONG, payload);
      } else if (opcode != PONG) {
        message.write(payload);
        if ((first & FINAL) != 0) {
          return message.toString(StandardCharsets.UTF_8);
        }
      }
    }
  }

  private byte[] payload() throws IOException {
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if ((second & 0x80) == 0 || length < 0 || length > LONGEST) {
      throw new IOException("a frame that is not masked, or of " + length + " bytes");
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  /** Sends a text. */
  void text(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says goodbye with a code. */
  void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    send(CLOSE, ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
  }

  private void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      head.put((byte) payload.length);
    } else if (payload.length < 1 << 16) {
      head.put((byte) 126).putShort((short) payload.length);
    } else {
      head.put((byte) 127).putLong(payload.length);
    }
    synchronized (this) {
      OutputStream out = wire.out();
      out.write(head.array(), 0, head.position());
      out.write(payload);
      out.flush();
    }
  }

  /** Ends the connection without a word. */
  void cut() {
    wire.close();
  }
}
