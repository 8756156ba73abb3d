package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a body may be: how it is encoded, and how long it is. */
class HttpBodyTest extends NetFixture {
  @Test
  void gzipIsReadOnlyWhereItIsDeclared() throws IOException {
    byte[] zipped = gzip("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.ok(zipped, "Content-Encoding: gzip");
              peer.request();
              peer.ok(zipped);
            })) {
      Http http = http();
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("{\"a\":1}");
      assertThat(((Success<byte[]>) end(http.get(Request.to(server.uri())))).body())
          .isEqualTo(zipped);
    }
  }

  @Test
  void damagedGzipIsABadEncoding() throws IOException {
    byte[] zipped = gzip("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    byte[] checksum = zipped.clone();
    checksum[zipped.length - 6] ^= 1;
    byte[] cut = Arrays.copyOf(zipped, zipped.length - 9);
    byte[] none = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    for (byte[] body : new byte[][] {checksum, cut, none, new byte[0]}) {
      try (ScriptedServer server =
          ScriptedServer.plain(
              peer -> {
                peer.request();
                peer.ok(body, "Content-Encoding: gzip");
              })) {
        assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.BAD_ENCODING);
      }
    }
  }

  @Test
  void gzipThatTheConnectionCutShortIsTruncatedRatherThanDamaged() throws IOException {
    byte[] zipped = gzip("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                      + zipped.length
                      + "\r\n\r\n");
              peer.send(Arrays.copyOf(zipped, 20));
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.TRUNCATED);
    }
  }

  @Test
  void anUnknownEncodingIsRefused() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx")) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.BAD_ENCODING);
    }
  }

  @Test
  void aZipBombEndsSoonAfterAMegabyte() throws IOException {
    byte[] bomb = gzip(new byte[64 << 20]);
    long[] seen = new long[1];
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.ok(bomb, "Content-Encoding: gzip");
            })) {
      CompletableFuture<Outcome<Long>> outcome =
          http()
              .get(
                  Request.to(server.uri()),
                  body -> {
                    byte[] chunk = new byte[8192];
                    for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
                      seen[0] += n;
                    }
                    return seen[0];
                  });
      assertThat(kind(outcome)).isEqualTo(Kind.TOO_LARGE);
      assertThat(seen[0]).isBetween(1L << 20, 12L << 20);
    }
  }

  @Test
  void denseGzipBelowAMegabyteIsFine() throws IOException {
    byte[] dense = gzip(new byte[1 << 20]);
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.ok(dense, "Content-Encoding: gzip");
            })) {
      assertThat(text(http().get(Request.to(server.uri())))).hasSize(1 << 20);
    }
  }

  @Test
  void anAnswerOverTheLimitIsRefusedWhetherAnnouncedOrNot() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              if (peer.number == 1) {
                peer.ok(new byte[1001]);
              } else {
                peer.send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1001));
              }
            })) {
      Request limited = Request.to(server.uri()).maxBytes(1000);
      assertThat(kind(http().get(limited))).isEqualTo(Kind.TOO_LARGE);
      assertThat(kind(http().get(limited))).isEqualTo(Kind.TOO_LARGE);
    }
  }

  @Test
  void anAnswerOfExactlyTheLimitIsAccepted() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.ok(new byte[1000]);
            })) {
      assertThat(text(http().get(Request.to(server.uri()).maxBytes(1000)))).hasSize(1000);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }
}
