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
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's side of a WebSocket (RFC 6455). Texts may be sent by any thread. */
final class WebSocket {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int LONGEST = 1 << 24;

  private final Wire wire;
  private final DataInputStream in;
  private volatile boolean closing; // this side has said goodbye first
  private volatile int fragment = Integer.MAX_VALUE; // the most bytes of a frame

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
        if (!closing) {
          send(FINAL | CLOSE, payload); // the answer repeats the code
        }
        return null;
      }
      if (opcode == PING) {
        send(FINAL | PONG, payload);
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

  /** Texts are sent in frames of at most so many bytes from now on. */
  void fragments(int bytes) {
    fragment = bytes;
  }

  /** Sends a text. */
  void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      int most = fragment;
      for (int at = 0; at == 0 || at < bytes.length; ) {
        int end = (int) Math.min((long) at + most, bytes.length);
        int opcode = at == 0 ? TEXT : CONTINUATION;
        send(end == bytes.length ? FINAL | opcode : opcode, Arrays.copyOfRange(bytes, at, end));
        at = Math.max(end, 1);
      }
    }
  }

  /** Sends what is no text. */
  void binary(byte[] bytes) throws IOException {
    send(FINAL | BINARY, bytes);
  }

  /** Asks whether the client is there. */
  void ping() throws IOException {
    send(FINAL | PING, new byte[0]);
  }

  /** Says goodbye with a code. */
  void close(int code, String reason) throws IOException {
    closing = true;
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload =
        ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array();
    send(FINAL | CLOSE, payload);
  }

  private void send(int first, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) first);
    if (payload.length < 126) {
      head.put((byte) payload.length);
    } else if (payload.length < 1 << 16) {
      head.put((byte) 126).putShort((short) payload.length);
    } else {
      head.put((byte) 127).putLong(payload.length);
    }
    raw(head.array(), head.position(), payload);
  }

  /** Sends bytes as they are, whether they are a frame or not. */
  void raw(byte[] bytes) throws IOException {
    raw(new byte[0], 0, bytes);
  }

  private synchronized void raw(byte[] head, int length, byte[] payload) throws IOException {
    OutputStream out = wire.out();
    out.write(head, 0, length);
    out.write(payload);
    out.flush();
  }

  /** Ends the connection without a word. */
  void cut() {
    wire.close();
  }

  /** Ends the connection in the rudest way (RST). */
  void reset() {
    wire.reset();
  }
}
