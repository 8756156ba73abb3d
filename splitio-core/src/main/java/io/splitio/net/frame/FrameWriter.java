package io.splitio.net.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Writes frames as a client must, masked, and none after a goodbye. For any thread, one frame at a
 * time.
 */
public final class FrameWriter {
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  private final OutputStream out;
  private final SecureRandom random = new SecureRandom();
  private boolean parted; // guarded by this

  /** Writes to a stream. */
  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /** Sends a text. */
  public void text(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers a ping. */
  public void pong(byte[] payload) throws IOException {
    send(PONG, payload);
  }

  /** Says goodbye; only once, whoever else does. */
  public void close(int code) throws IOException {
    send(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** Closes the stream as soon as nobody writes; whoever would write later finds it closed. */
  public synchronized void release() throws IOException {
    out.close();
  }

  private synchronized void send(int opcode, byte[] payload) throws IOException {
    if (parted) {
      return;
    }
    parted = opcode == CLOSE;
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (LAST | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    out.write(frame.array(), 0, frame.position());
    out.flush();
  }
}
