package io.splitio.net;

import io.splitio.net.EventStream.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of bytes, however these are cut into chunks, as the HTML standard says: UTF-8 with
 * an optional byte order mark; lines end with CR, LF or both; a blank line ends an event.
 *
 * <p>It differs from the standard where Split's streams need it: comments are passed on, and so is
 * an event with an id and nothing else. A line over 1 MiB, or an event over 4 MiB, is skipped
 * without being kept. Never throws, whatever the bytes.
 */
final class SseParser {
  private static final int LINE_LIMIT = 1 << 20;
  private static final int EVENT_LIMIT = 4 << 20;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Sink sink;

  private byte[] line = new byte[1024];
  private int length;
  private boolean lineTooLong;
  private boolean afterReturn;
  private boolean firstLine = true;

  private String type = "";
  private @Nullable StringBuilder data;
  private long dataBytes;
  private boolean hasId;
  private boolean tooLarge;
  private String lastId = "";

  SseParser(Sink sink) {
    this.sink = sink;
  }

  /** Takes the next bytes of the stream. */
  void feed(byte[] bytes, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      byte here = bytes[i];
      if (here != '\n' && here != '\r') {
        afterReturn = false;
        continue;
      }
      if (here == '\n' && afterReturn) { // the second half of CR LF
        afterReturn = false;
        start = i + 1;
        continue;
      }
      afterReturn = here == '\r';
      keep(bytes, start, i - start);
      start = i + 1;
      endLine();
    }
    keep(bytes, start, count - start);
  }

  private void keep(byte[] bytes, int start, int count) {
    if (count <= 0 || lineTooLong) {
      return;
    }
    if (length + count > LINE_LIMIT) {
      lineTooLong = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(LINE_LIMIT, Math.max(line.length * 2, length + count)));
    }
    System.arraycopy(bytes, start, line, length, count);
    length += count;
  }

  private void endLine() {
    if (firstLine && length >= 3 && Arrays.equals(line, 0, 3, MARK, 0, 3)) {
      System.arraycopy(line, 3, line, 0, length - 3);
      length -= 3;
    }
    firstLine = false;
    if (length == 0 && !lineTooLong) {
      dispatch();
    } else if (length > 0 && line[0] == ':') {
      sink.comment(text(1));
    } else if (lineTooLong) {
      tooLarge = true;
      data = null;
    } else {
      field();
    }
    length = 0;
    lineTooLong = false;
    if (line.length > LINE_LIMIT / 16) {
      line = new byte[1024]; // one long line must not hold its room for ever
    }
  }

  private void field() {
    int colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    int from = colon + 1 < length && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
    switch (new String(line, 0, colon, StandardCharsets.UTF_8)) {
      case "data" -> data(from);
      case "event" -> type = text(from);
      case "id" -> id(text(from));
      default -> {} // retry: our own back-off decides; unknown fields have no meaning
    }
  }

  private void data(int from) {
    dataBytes += Math.max(0, length - from) + 1;
    if (dataBytes > EVENT_LIMIT) {
      tooLarge = true;
      data = null;
    }
    if (tooLarge) {
      return;
    }
    if (data == null) {
      data = new StringBuilder();
    } else {
      data.append('\n');
    }
    data.append(text(from));
  }

  private void id(String id) {
    if (id.indexOf('\0') < 0) {
      lastId = id;
      hasId = true;
    }
  }

  private String text(int from) {
    return from >= length ? "" : new String(line, from, length - from, StandardCharsets.UTF_8);
  }

  private void dispatch() {
    if (tooLarge) {
      sink.oversized();
    } else if (data != null) {
      sink.event(new Event(type.isEmpty() ? "message" : type, data.toString(), lastId));
    } else if (hasId && type.isEmpty()) {
      sink.event(new Event("message", null, lastId));
    }
    type = "";
    data = null;
    dataBytes = 0;
    hasId = false;
    tooLarge = false;
  }

  /** Takes what the bytes mean. */
  interface Sink {
    void event(Event event);

    /** The text of a comment without its colon; of an overlong one, its beginning. */
    void comment(String text);

    /** An event was too large and is skipped. */
    void oversized();
  }
}
