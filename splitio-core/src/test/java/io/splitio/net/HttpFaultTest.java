package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Status;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer can do to an exchange, and how the exchange ends. */
class HttpFaultTest extends NetFixture {
  private static final Duration SHORT = Duration.ofMillis(400);

  @Test
  void aBodyThatTricklesEndsAtTheTotalDeadline() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              peer.trickle("x");
            })) {
      assertThat(kind(http().get(Request.to(server.uri()).total(SHORT)))).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void headersThatTrickleEndAtTheTotalDeadline() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\n");
              peer.trickle("X: y\r\n");
            })) {
      assertThat(kind(http().get(Request.to(server.uri()).total(SHORT)))).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void silenceEndsAtTheReadDeadlineLongBeforeTheTotalOne() throws IOException {
    HttpSettings impatient = SETTINGS.withTimeouts(SETTINGS.timeouts().withRead(SHORT));
    try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Peer::hold)) {
      Request request = Request.to(server.uri()).total(Duration.ofHours(1));
      assertThat(kind(http(impatient).get(request))).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void aRefusedConnectionIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(kind(http().get(Request.to(URI.create("http://127.0.0.1:" + port)))))
        .isEqualTo(Kind.CONNECT);
  }

  @Test
  void anUnknownHostIsNoConnection() {
    assertThat(kind(http().get(Request.to(URI.create("https://nowhere.invalid")))))
        .isEqualTo(Kind.CONNECT);
  }

  @Test
  void aBodyShorterThanAnnouncedIsTruncatedThoughItsReaderHadEnough() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}");
            })) {
      CompletableFuture<Outcome<Integer>> outcome =
          http().get(Request.to(server.uri()), InputStream::read);
      assertThat(kind(outcome)).isEqualTo(Kind.TRUNCATED);
    }
  }

  @Test
  void aChunkedBodyWithoutItsEndIsTruncated() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.TRUNCATED);
    }
  }

  @Test
  void aBadChunkIsAProtocolError() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n");
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void aBodyLongerThanAnnouncedDoesNotSpoilTheNextAnswer() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              while (peer.request() != null) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 evil\r\n");
              }
            })) {
      Http http = http();
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("ok");
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("ok");
    }
  }

  @Test
  void aResetAmidTheBodyIsALostConnection() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              peer.reset();
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isIn(Kind.RESET, Kind.TRUNCATED);
    }
  }

  @Test
  void anAnswerThatIsNoHttpIsAProtocolError() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void contentItsReaderRejectsIsToldInTheReadersWords() throws IOException {
    assertThat(rejected(new IOException("line 1, column 2: no JSON")))
        .isEqualTo(new Transport(Kind.UNREADABLE, "line 1, column 2: no JSON"));
    assertThat(rejected(new IllegalStateException("a defect may quote anything")))
        .isEqualTo(new Transport(Kind.UNREADABLE, "java.lang.IllegalStateException"));
  }

  private <E extends Exception> Trouble rejected(E reason) throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(ok("<html>"))) {
      return trouble(
          http()
              .get(
                  Request.to(server.uri()),
                  body -> {
                    if (reason instanceof IOException io) {
                      throw io;
                    }
                    throw (RuntimeException) reason;
                  }));
    }
  }

  @Test
  void aRefusedConnectionNamesHostAndPort() throws IOException {
    java.net.URI gone;
    try (ScriptedServer server = ScriptedServer.answering("")) {
      gone = server.uri();
    }
    assertThat(trouble(http().get(Request.to(gone))))
        .hasToString(
            "no connection: 127.0.0.1:" + gone.getPort() + " refuses or cannot be reached");
    ProxySettings proxy = ProxySettings.of("127.0.0.1", gone.getPort());
    assertThat(trouble(http(SETTINGS.withProxy(proxy)).get(Request.to(gone))))
        .hasToString(
            "no connection: the proxy 127.0.0.1:"
                + gone.getPort()
                + " refuses or cannot be reached");
  }

  @Test
  void theBodyIsReadWhileItArrives() throws IOException, InterruptedException {
    CountDownLatch firstSeen = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
              firstSeen.await();
              peer.send("b");
            })) {
      CompletableFuture<Outcome<String>> outcome =
          http()
              .get(
                  Request.to(server.uri()),
                  body -> {
                    int first = body.read();
                    firstSeen.countDown();
                    return "" + (char) first + (char) body.read();
                  });
      assertThat(end(outcome)).isEqualTo(new Success<>(200, "ab"));
    }
  }

  @Test
  void aStatusComesWithItsRetryAfter() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(
            "HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(trouble(http().get(Request.to(server.uri()))))
          .isEqualTo(new Status(429, Duration.ofMinutes(2)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "00, 1", "99999999999, 600"})
  void aWaitOfAnyLengthIsNeitherARepetitionAtOnceNorAnError(String wait, long seconds)
      throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(
            "HTTP/1.1 503 Busy\r\nRetry-After: " + wait + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(trouble(http().get(Request.to(server.uri()))))
          .isEqualTo(new Status(503, Duration.ofSeconds(seconds)));
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void statusesAreAskedForOnceWhateverTheyAre() throws IOException {
    for (int status : new int[] {304, 400, 401, 403, 404, 407, 408, 413, 414, 421, 500, 503}) {
      try (ScriptedServer server =
          ScriptedServer.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")) {
        Trouble trouble = trouble(http().get(Request.to(server.uri())));
        if (status != 407) {
          assertThat(trouble).isEqualTo(new Status(status, null));
        }
        assertThat(server.requests).as("requests for %d", status).hasSize(1);
      }
    }
  }

  /** Answers, and ends the first connection when it is used again. */
  private static ScriptedServer hangingUpOnce() throws IOException {
    return ScriptedServer.plain(
        peer -> {
          peer.request();
          peer.ok("one".getBytes(StandardCharsets.UTF_8));
          peer.request();
          if (peer.number == 1) {
            peer.reset();
          }
        });
  }

  @Test
  void aDeadKeptAliveConnectionCostsOneImmediateRetryOfAGet() throws IOException {
    try (ScriptedServer server = hangingUpOnce()) {
      Http http = http();
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("one");
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("one");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aFreshConnectionThatDiesIsNotRetried() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.reset();
            })) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.RESET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Else what is queued at the end is lost to a server that hangs up on idle connections. */
  @Test
  void aDeadKeptAliveConnectionCostsOneImmediateRetryOfAPost() throws IOException {
    try (ScriptedServer server = hangingUpOnce()) {
      Http http = http();
      Request post = Request.to(server.uri()).json("[1]".getBytes(StandardCharsets.UTF_8));
      assertThat(end(http.post(post))).isInstanceOf(Success.class);
      assertThat(end(http.post(post))).isInstanceOf(Success.class);
      assertThat(server.requests).hasSize(3).allMatch(request -> request.endsWith("[1]"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aPostThatAFreshConnectionLosesIsNotSentTwice() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.reset();
            })) {
      Request post = Request.to(server.uri()).json("[1]".getBytes(StandardCharsets.UTF_8));
      assertThat(kind(http().post(post))).isEqualTo(Kind.RESET);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void connectionsAreKeptAliveAcrossRequests() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
      Http http = http();
      for (int i = 0; i < 5; i++) {
        assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("x");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
