package io.splitio.fake.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What a server answers: a status, headers, and either a body or a stream without end. */
public final class Reply {
  private final int status;
  private final List<Header> headers;
  private final byte[] body;
  private final @Nullable Streamed stream;
  private final @Nullable Conversation conversation;

  private Reply(int status, List<Header> headers, byte[] body, @Nullable Streamed stream) {
    this(status, headers, body, stream, null);
  }

  private Reply(
      int status,
      List<Header> headers,
      byte[] body,
      @Nullable Streamed stream,
      @Nullable Conversation conversation) {
    this.conversation = conversation;
    this.status = status;
    this.headers = headers;
    this.body = hasBody(status) ? body : new byte[0];
    this.stream = stream;
  }

  /** An answer with one of these statuses ends with its headers, whatever else it says. */
  private static boolean hasBody(int status) {
    return status != 101 && status != 204 && status != 304;
  }

  /** Writes the body of an answer for as long as it likes. */
  @FunctionalInterface
  public interface Streamed {
    /** Returns when the answer is over. */
    void writeTo(Sink sink) throws IOException;
  }

  /** Speaks another protocol for as long as it likes. */
  @FunctionalInterface
  public interface Conversation {
    /** Returns when nothing more is to be said. */
    void over(Wire wire) throws IOException;
  }

  /** An answer without a body. */
  public static Reply empty(int status) {
    return new Reply(status, List.of(), new byte[0], null);
  }

  /** An answer of JSON. */
  public static Reply json(int status, String json) {
    return of(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of anything. */
  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, List.of(new Header("Content-Type", contentType)), body.clone(), null);
  }

  /** A server-sent event stream. */
  public static Reply events(Streamed stream) {
    List<Header> headers =
        List.of(
            new Header("Content-Type", "text/event-stream; charset=utf-8"),
            new Header("Cache-Control", "no-cache"));
    return new Reply(200, headers, new byte[0], stream);
  }

  /** A change of protocol. */
  public static Reply switching(String protocol, Conversation conversation) {
    List<Header> headers =
        List.of(new Header("Upgrade", protocol), new Header("Connection", "Upgrade"));
    return new Reply(101, headers, new byte[0], null, conversation);
  }

  /** The same with one more header. */
  public Reply withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Reply(status, more, body, stream, conversation);
  }

  /** The same, its body compressed. */
  public Reply gzipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return new Reply(status, headers, bytes.toByteArray(), stream)
        .withHeader("Content-Encoding", "gzip");
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** How many bytes the body has; 0 for a stream. */
  public int length() {
    return body.length;
  }

  byte[] body() {
    return body;
  }

  @Nullable Streamed stream() {
    return stream;
  }

  @Nullable Conversation conversation() {
    return conversation;
  }

  /** Status line and headers; the length differs from the truth by {@code lie}. */
  byte[] head(int lie) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason() + "\r\n");
    for (Header header : headers) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    if (stream != null) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (hasBody(status)) {
      head.append("Content-Length: ").append(body.length + lie).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String reason() {
    return switch (status) {
      case 101 -> "Switching Protocols";
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
