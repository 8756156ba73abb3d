package io.splitio.fake.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param number counts the requests of a server from 1
 * @param connection counts the connections of a server from 1; equal for requests that shared one
 * @param at when it had been read
 * @param method GET or POST
 * @param target path and query as they were on the request line
 * @param headers in the order in which they were sent
 * @param body empty for GET
 */
public record Request(
    long number,
    long connection,
    Instant at,
    String method,
    String target,
    List<Header> headers,
    Body body) {

  /** Copies the headers. */
  public Request {
    headers = List.copyOf(headers);
  }

  /** The path as it was sent, percent-encoding and all. */
  public String path() {
    int end = target.indexOf('?');
    return end < 0 ? target : target.substring(0, end);
  }

  /** What follows the question mark, as it was sent; empty when nothing does. */
  public String rawQuery() {
    int end = target.indexOf('?');
    return end < 0 ? "" : target.substring(end + 1);
  }

  /** The first value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    for (String pair : rawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (key.equals(name)) {
        return Optional.of(decode(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  @Override
  public String toString() {
    return number + " " + method + " " + target + " " + body.size() + " bytes";
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
