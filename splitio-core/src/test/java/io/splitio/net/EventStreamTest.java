package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.net.EventStream.Event;
import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.RefusedRedirect;
import io.splitio.net.Trouble.Status;
import io.splitio.net.Trouble.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Streams of events over real sockets. */
class EventStreamTest extends NetFixture {
  private static final String OPEN =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\n\r\n";

  private final Heard heard = new Heard();

  @Test
  void theRequestOffersNoCompressionAndCarriesTheToken() throws Exception {
    try (ScriptedServer server = streaming("")) {
      http().stream(
          Request.to(server.uri()).segment("sse").query("v", "1.1").query("accessToken", "t"),
          heard);
      assertThat(server.taken())
          .startsWith("GET /sse?v=1.1&accessToken=t HTTP/1.1\r\n")
          .contains("\r\nAccept: text/event-stream\r\n")
          .doesNotContainIgnoringCase("Accept-Encoding")
          .doesNotContain("Authorization");
    }
  }

  @Test
  void everythingIsHeardInOrderOnOneThread() throws Exception {
    try (ScriptedServer server =
        streaming(":keepalive\n\nid: 1\ndata: a\n\nevent: error\ndata: b\n\n")) {
      http().stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all)
          .containsExactly("opened", "//keepalive", "message|a|1", "error|b|1", "closed ENDED");
      assertThat(heard.threads).hasSize(5).allMatch(name -> name.matches("splitio-stream-\\d+"));
      assertThat(heard.threads.stream().distinct()).hasSize(1);
    }
  }

  @Test
  void eventsArriveBeforeTheStreamEnds() throws Exception {
    CountDownLatch heardIt = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN + "data: a\n\n");
              heardIt.await();
              peer.send("data: b\n\n");
              peer.hold();
            })) {
      http().stream(Request.to(server.uri()), heard);
      await().until(() -> heard.all.contains("message|a|"));
      heardIt.countDown();
      await().until(() -> heard.all.contains("message|b|"));
    }
  }

  @Test
  void commentsKeepAStreamAliveLongerThanItsIdleAndTotalTime() throws Exception {
    HttpSettings impatient =
        SETTINGS.withTimeouts(
            SETTINGS
                .timeouts()
                .withTotal(Duration.ofMillis(300))
                .withStream(Duration.ofMillis(500), Duration.ofMillis(300)));
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN);
              peer.trickle(":\n");
            })) {
      EventStream stream = http(impatient).stream(Request.to(server.uri()), heard);
      await().until(() -> heard.all.size() > 60); // 60 comments, 20 ms apart
      assertThat(heard.end).isNull();
      stream.close();
      heard.awaitEnd();
    }
  }

  @Test
  void silenceEndsAStream() throws Exception {
    HttpSettings impatient =
        SETTINGS.withTimeouts(
            SETTINGS.timeouts().withStream(Duration.ofSeconds(5), Duration.ofMillis(200)));
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN + "data: a\n\n");
              peer.hold();
            })) {
      http(impatient).stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all).containsExactly("opened", "message|a|", "closed TIMEOUT");
    }
  }

  @Test
  void headersThatTrickleEndAtTheOpeningDeadline() throws Exception {
    HttpSettings impatient =
        SETTINGS.withTimeouts(
            SETTINGS.timeouts().withStream(Duration.ofMillis(300), Duration.ofSeconds(60)));
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\n");
              peer.trickle("X: y\r\n");
            })) {
      http(impatient).stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all).containsExactly("closed TIMEOUT");
    }
  }

  @Test
  void closingReturnsAtOnceAndEndsTheThread() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN);
              peer.hold();
            })) {
      EventStream stream = http().stream(Request.to(server.uri()), heard);
      await().until(() -> heard.all.contains("opened"));
      long start = System.nanoTime();
      stream.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      heard.awaitEnd();
      assertThat(heard.all).containsExactly("opened", "closed CLOSED");
      await()
          .atMost(1, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
    }
  }

  @Test
  void suspendingEndsStreamsAndASuspendedStreamIsClosedFromTheStart() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN);
              peer.hold();
            })) {
      Http http = http();
      http.stream(Request.to(server.uri()), heard);
      await().until(() -> heard.all.contains("opened"));
      http.suspend();
      heard.awaitEnd();
      Heard second = new Heard();
      http.stream(Request.to(server.uri()), second);
      second.awaitEnd();
      assertThat(((Transport) second.end).kind()).isEqualTo(Kind.CLOSED);
      assertThat(second.all).doesNotContain("opened");
    }
  }

  @Test
  void anAnswerThatIsNoStreamEndsItWithTheReason() throws Exception {
    assertThat(endOf("HTTP/1.1 401 No\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(new Status(401, Duration.ofSeconds(9)));
    assertThat(endOf("HTTP/1.1 204 No\r\n\r\n")).isEqualTo(new Status(204, null));
    assertThat(((Transport) endOf(HttpFaultTest.ok("<html>"))).kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(
            endOf("HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"))
        .isInstanceOf(RefusedRedirect.class);
  }

  @Test
  void aConnectionCutAmidAnEventDiscardsTheEvent() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(OPEN.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"));
              peer.send("b\r\ndata: a\n\nda\r\n");
            })) {
      http().stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all.toString()).startsWith("[opened, message|a|, closed ");
      assertThat(heard.all).hasSize(3);
    }
  }

  @Test
  void aListenerThatFailsHearsTheNextEvent() throws Exception {
    heard.failing = true;
    try (ScriptedServer server = streaming("data: a\n\ndata: b\n\n")) {
      http().stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all).containsExactly("opened", "message|a|", "message|b|", "closed ENDED");
    }
  }

  @Test
  void anOversizedEventIsReportedAndSkipped() throws Exception {
    try (ScriptedServer server = streaming("data: " + "x".repeat(1 << 20) + "\n\ndata: b\n\n")) {
      http().stream(Request.to(server.uri()), heard);
      heard.awaitEnd();
      assertThat(heard.all).containsExactly("opened", "oversized", "message|b|", "closed ENDED");
    }
  }

  private Trouble endOf(String answer) throws IOException, InterruptedException {
    Heard one = new Heard();
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      http().stream(Request.to(server.uri()), one);
      one.awaitEnd();
    }
    assertThat(one.all).hasSize(1);
    return one.end;
  }

  private static ScriptedServer streaming(String events) {
    return ScriptedServer.plain(
        peer -> {
          peer.request();
          peer.send(OPEN + events);
        });
  }

  /** Writes down what it hears. */
  static final class Heard implements EventStream.Listener {
    final Queue<String> all = new ConcurrentLinkedQueue<>();
    final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    volatile Trouble end;
    volatile boolean failing;

    void awaitEnd() throws InterruptedException {
      assertThat(ended.await(15, TimeUnit.SECONDS)).as("the end, after %s", all).isTrue();
    }

    @Override
    public void opened() {
      hear("opened");
    }

    @Override
    public void event(Event event) {
      hear(event.type() + "|" + event.data() + "|" + event.id());
    }

    @Override
    public void comment(String text) {
      hear("//" + text);
    }

    @Override
    public void oversized() {
      hear("oversized");
    }

    @Override
    public void closed(Trouble reason) {
      end = reason;
      try {
        hear("closed " + (reason instanceof Transport transport ? transport.kind() : reason));
      } finally {
        ended.countDown();
      }
    }

    private void hear(String what) {
      all.add(what);
      threads.add(Thread.currentThread().getName());
      if (failing) {
        throw new AssertionError("canary-listener");
      }
    }
  }
}
