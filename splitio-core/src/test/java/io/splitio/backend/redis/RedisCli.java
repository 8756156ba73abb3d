package io.splitio.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says literal commands, as one types them into redis-cli, over a plain socket. */
public final class RedisCli implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final Socket socket;
  private final InputStream in;

  RedisCli(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reply: a text, a number, null or a list; an error as a text that begins with {@code -}. */
  public Object say(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return send(words);
  }

  /** The reply where it is a list. */
  @SuppressWarnings("unchecked") // the reply is a list where the caller says so
  public List<Object> list(String command) {
    return (List<Object>) say(command);
  }

  /** Says words as they are. */
  public Object send(List<String> words) {
    try {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write(("*" + words.size() + "\r\n").getBytes(UTF_8));
      for (String word : words) {
        byte[] bytes = word.getBytes(UTF_8);
        request.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
        request.write(bytes);
        request.write("\r\n".getBytes(UTF_8));
      }
      socket.getOutputStream().write(request.toByteArray());
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next thing that the server says, asked or not. */
  Object reply() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> line;
      case ':' -> Long.valueOf(rest);
      case '$' -> text(Integer.parseInt(rest));
      default -> all(Integer.parseInt(rest));
    };
  }

  private String text(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    line();
    return new String(bytes, UTF_8);
  }

  private List<Object> all(int count) throws IOException {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(read());
    }
    return all;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("Redis hung up");
      }
      line.write(b);
    }
    in.read();
    return line.toString(UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
