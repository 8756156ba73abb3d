package io.splitio.fake.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one connection. */
final class RequestReader {
  private static final int LONGEST_LINE = 1 << 20;

  private final Line line;
  private final AtomicLong numbers;

  RequestReader(Line line, AtomicLong numbers) {
    this.line = line;
    this.numbers = numbers;
  }

  /** The next request, or null when the other side has closed. */
  @Nullable Request next() throws IOException {
    String start = textLine();
    if (start.isEmpty()) {
      return null;
    }
    String[] parts = start.split(" ", 3);
    if (parts.length != 3) {
      throw new IOException("not a request line: " + start);
    }
    List<Header> headers = headers();
    Body body = new Body(body(headers));
    long number = numbers.incrementAndGet();
    return new Request(
        number, line.number(), Instant.now(), parts[0], relative(parts[1]), headers, body);
  }

  /** A client that takes this server for its proxy sends whole addresses. */
  private static String relative(String target) {
    if (!target.startsWith("http://")) {
      return target;
    }
    int path = target.indexOf('/', "http://".length());
    return path < 0 ? "/" : target.substring(path);
  }

  private List<Header> headers() throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String text = textLine(); !text.isEmpty(); text = textLine()) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new IOException("not a header: " + text);
      }
      headers.add(new Header(text.substring(0, colon), text.substring(colon + 1).strip()));
    }
    return headers;
  }

  private byte[] body(List<Header> headers) throws IOException {
    if (value(headers, "Expect").equalsIgnoreCase("100-continue")) {
      line.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      line.out().flush();
    }
    if (value(headers, "Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = value(headers, "Content-Length");
    return exactly(length.isEmpty() ? 0 : size(length, 10));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(exactly(size));
      textLine();
    }
    headers(); // trailers end like headers
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return size(textLine().split(";", 2)[0].strip(), 16);
  }

  private static int size(String digits, int radix) throws IOException {
    try {
      return Math.max(0, Integer.parseInt(digits, radix));
    } catch (NumberFormatException e) {
      throw new IOException("not the size of a body: " + digits, e);
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = line.in().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ended after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private String textLine() throws IOException {
    InputStream in = line.in();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (text.size() == LONGEST_LINE) {
        throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
      }
      text.write(c);
    }
    return text.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static String value(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }
}
