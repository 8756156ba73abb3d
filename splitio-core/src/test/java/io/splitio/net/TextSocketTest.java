package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.net.frame.Handshake;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake of a WebSocket, over real sockets. */
class TextSocketTest extends NetFixture {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private final class Heard implements TextSocket.Listener {
    @Override
    public void opened() {
      heard.add("opened");
    }

    @Override
    public void text(String text) {
      heard.add(text);
    }

    @Override
    public void closed(int code, Trouble reason) {
      heard.add("closed " + code + " " + reason);
    }
  }

  private String end() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.stream().anyMatch(told -> told.startsWith("closed")));
    return String.join(", ", heard);
  }

  @Test
  void theRequestOffersNoCompressionAndNoProtocol() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 400 Bad\r\n\r\n")) {
      http().socket(Request.to(server.uri()).segment("streaming").query("v", "2"), new Heard());
      assertThat(server.taken())
          .startsWith("GET /streaming?v=2 HTTP/1.1\r\n")
          .contains("\r\nUpgrade: websocket\r\n")
          .contains("\r\nConnection: Upgrade\r\n")
          .contains("\r\nSec-WebSocket-Version: 13\r\n")
          .doesNotContain("Extensions", "Protocol");
      assertThat(end()).isEqualTo("closed 0 HTTP status 400");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
        "",
        "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        "Sec-WebSocket-Protocol: soap\r\n"
      })
  void anAnswerThatIsNotTheRightOneIsRefused(String header) throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(
            "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + header
                + "\r\n")) {
      http().socket(Request.to(server.uri()), new Heard());
      assertThat(end()).startsWith("closed 0 protocol error");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "no HTTP at all\r\n\r\n"})
  void anAnswerThatIsNoneIsRefused(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      http().socket(Request.to(server.uri()), new Heard());
      assertThat(end()).startsWith("closed 0").doesNotContain("opened");
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n")) {
      http().socket(Request.to(server.uri()), new Heard());
      assertThat(end()).isEqualTo("closed 0 HTTP status 302");
    }
  }

  @Test
  void nobodyThereIsTold() throws Exception {
    ScriptedServer gone = ScriptedServer.answering("");
    gone.close();
    http().socket(Request.to(gone.uri()), new Heard());
    assertThat(end()).startsWith("closed 0 no connection");
  }

  @RepeatedTest(20)
  void anEndWhileAnotherThreadWritesIsAnEndLikeAnyOther() throws Exception {
    Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    CountDownLatch writing = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.plain(peer -> takeALittle(peer, writing));
        Http http = new Http(SETTINGS, role -> telling(factory.apply(role), uncaught))) {
      TextSocket socket = http.socket(Request.to(server.uri()), new Heard());
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains("opened"));
      Thread writer = new Thread(() -> socket.send("x".repeat(16 << 20)));
      writer.start();
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
      socket.abandon("of the test");
      writer.join(20_000);
      assertThat(end()).isEqualTo("opened, closed 0 timeout: of the test");
    }
    nothingIsLeft();
    assertThat(uncaught).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /streaming?token=c2VjcmV0-to-keep refused",
        "cut off: c2VjcmV0",
        "not to be in a log",
        "no such tenant-4711",
        "session-08 is over",
        "no part/bearer-0815",
        "after& 12345678 it is odd"
      })
  void aReasonThatRepeatsWhatIsSecretIsNotTold(String reason) throws Exception {
    try (ScriptedServer server = ScriptedServer.plain(peer -> leave(peer, reason))) {
      http(SETTINGS
              .withHeaders(Map.of("X-Gateway", "tenant-4711"))
              .withDecorator(
                  sent ->
                      Map.of(
                          "Cookie", List.of("session-0815"),
                          "Sec-WebSocket-Protocol", List.of("part/bearer-0815"))))
          .socket(
              Request.to(server.uri())
                  .query("token", "c2VjcmV0-to-keep")
                  .query("odd", "abc&12345678=x")
                  .header("Authorization", "not to be told"),
              new Heard());
      assertThat(end())
          .contains("closed 4003", "with code 4003: (what it says repeats a secret)")
          .doesNotContain("c2VjcmV0", "not to be", "tenant-4711", "session-08");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=server refused", "no websocket for java-test", "c2VjcmV is short"})
  void anyOtherReasonIsTold(String reason) throws Exception {
    try (ScriptedServer server = ScriptedServer.plain(peer -> leave(peer, reason))) {
      http()
          .socket(
              Request.to(server.uri())
                  .query("token", "c2VjcmV0")
                  .query("type", "server")
                  .header("User-Agent", "java-test"),
              new Heard());
      assertThat(end()).endsWith("with code 4003: " + reason);
    }
  }

  private static void leave(ScriptedServer.Peer peer, String reason)
      throws IOException, InterruptedException {
    agree(peer);
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    OutputStream out = peer.socket.getOutputStream();
    out.write(new byte[] {(byte) 0x88, (byte) (text.length + 2), 4003 >> 8, (byte) 4003});
    out.write(text);
    out.flush();
    peer.hold();
  }

  /** Agrees to talk, and listens for a moment only. */
  private static void takeALittle(ScriptedServer.Peer peer, CountDownLatch writing)
      throws IOException, InterruptedException {
    agree(peer);
    peer.socket.getInputStream().readNBytes(100_000);
    writing.countDown();
    peer.hold();
  }

  private static void agree(ScriptedServer.Peer peer) throws IOException {
    Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(peer.request());
    assertThat(key.find()).isTrue();
    peer.send(
        "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + new Handshake(key.group(1)).answer()
            + "\r\n\r\n");
  }

  private static ThreadFactory telling(ThreadFactory threads, Queue<Throwable> uncaught) {
    return task -> {
      Thread thread = threads.newThread(task);
      thread.setUncaughtExceptionHandler((which, failure) -> uncaught.add(failure));
      return thread;
    };
  }

  @Test
  void whoSendsIsFoundOutOnAThreadOfItsOwn() throws Exception {
    CountDownLatch found = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 400 Bad\r\n\r\n")) {
      Request request = Request.to(server.uri()).sentBy(() -> agent(found));
      http().socket(request, new Heard());
      found.countDown();
      assertThat(server.taken()).contains("\r\nUser-Agent: waited\r\n");
      assertThat(end()).isEqualTo("closed 0 HTTP status 400");
    }
  }

  private static Map<String, String> agent(CountDownLatch found) {
    try {
      boolean in = found.await(5, TimeUnit.SECONDS);
      return Map.of("User-Agent", in ? "waited" : "found on the caller's thread");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneWhoseThreadCannotBeStartedIsForgotten() {
    ThreadFactory failing =
        task ->
            new Thread(task) {
              @Override
              public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
              }
            };
    try (Http http = new Http(SETTINGS, role -> failing)) {
      assertThatThrownBy(
              () -> http.socket(Request.to(URI.create("http://localhost:1")), new Heard()))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void closingWhileItConnectsEndsItOnce() throws Exception {
    try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Peer::hold)) {
      TextSocket socket = http().socket(Request.to(server.uri()), new Heard());
      socket.close();
      socket.close();
      assertThat(end()).isEqualTo("closed 0 closed: by this side");
    }
  }
}
