package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.net.Trouble.Kind;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Closing, suspending and resuming. */
class HttpLifecycleTest extends NetFixture {
  @Test
  void closingEndsWhatIsInFlightAtOnce() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
              peer.trickle("");
            })) {
      Http http = http();
      List<CompletableFuture<Outcome<byte[]>>> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) { // more than there are threads
        all.add(http.get(Request.to(server.uri())));
      }
      server.taken();
      long start = System.nanoTime();
      http.close();
      for (CompletableFuture<Outcome<byte[]>> outcome : all) {
        assertThat(kind(outcome)).isEqualTo(Kind.CLOSED);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThreadsEnd();
    }
  }

  @Test
  void closingTwiceIsHarmlessAndALateRequestIsRefused() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(HttpFaultTest.ok("x"))) {
      Http http = http();
      http.close();
      http.close();
      http.resume();
      assertThat(kind(http.get(Request.to(server.uri())))).isEqualTo(Kind.CLOSED);
      assertThat(server.connections()).isZero();
      assertThat(threads).isEmpty();
    }
  }

  @Test
  void atMostTenThreadsRun() throws Exception {
    try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Peer::hold)) {
      Http http = http();
      List<CompletableFuture<Outcome<byte[]>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(http.get(Request.to(server.uri())));
      }
      await().until(() -> server.connections() == 10);
      assertThat(all).noneMatch(CompletableFuture::isDone);
      assertThat(threads)
          .hasSize(10)
          .allMatch(thread -> thread.getName().matches("splitio-http-\\d+"));
      assertThat(threads).allMatch(Thread::isDaemon);
    }
  }

  @Test
  void requestsThatFollowOneAnotherShareAThread() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HttpFaultTest.ok("x"))) {
      Http http = http();
      for (int i = 0; i < 30; i++) {
        http.get(Request.to(server.uri())).get(10, TimeUnit.SECONDS);
      }
      assertThat(threads).hasSizeLessThan(5); // one may be about to wait when the next comes
    }
  }

  @Test
  void suspendingClosesIdleConnectionsAndThreadsAndResumingWorksAgain() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              while (peer.request() != null) {
                peer.send(HttpFaultTest.ok("x"));
              }
              closed.countDown();
            })) {
      Http http = http();
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("x");
      http.suspend();
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
      assertThreadsEnd();
      assertThat(kind(http.get(Request.to(server.uri())))).isEqualTo(Kind.CLOSED);
      http.resume();
      assertThat(text(http.get(Request.to(server.uri())))).isEqualTo("x");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerThatCompletesDuringSuspensionLeavesNoConnection() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch suspended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.request();
              peer.send(HttpFaultTest.ok("x"));
              if (peer.request() == null) {
                closed.countDown();
              }
            })) {
      Http http = http();
      CompletableFuture<Outcome<Integer>> outcome =
          http.get(
              Request.to(server.uri()),
              body -> {
                reading.countDown();
                awaitUninterrupted(suspended);
                return body.read();
              });
      reading.await();
      http.suspend();
      suspended.countDown();
      assertThat(kind(outcome)).isEqualTo(Kind.CLOSED);
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void idleThreadsEndByThemselves() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HttpFaultTest.ok("x"))) {
      assertThat(text(http().get(Request.to(server.uri())))).isEqualTo("x");
      await()
          .atMost(15, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // suspend() interrupts its threads; this reader does not care
      }
    }
  }

  private void assertThreadsEnd() {
    await()
        .atMost(1, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
  }

  /** Notes who asks for the authorities it knows, as OkHttp does when it is set up. */
  private static final class Authorities implements X509TrustManager {
    private final BlockingQueue<Thread> askedBy = new LinkedBlockingQueue<>();
    private volatile @Nullable RuntimeException failure;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      askedBy.add(Thread.currentThread());
      if (failure != null) {
        throw failure;
      }
      return new X509Certificate[0];
    }

    private HttpSettings settings() {
      return SETTINGS.withTls(
          TlsSettings.platform().managedBy(new KeyManager[0], new TrustManager[] {this}));
    }
  }

  @Test
  void whatExchangesNeedIsMadeByAnotherThreadBeforeAnythingIsAskedFor() throws Exception {
    Authorities authorities = new Authorities();

    http(authorities.settings()).prepare(URI.create("https://localhost:1"));

    assertThat(authorities.askedBy.poll(20, TimeUnit.SECONDS)).isIn(threads);
  }

  @Test
  void whatCannotBeMadeBeforehandFailsWhereItIsNeeded() throws Exception {
    Authorities authorities = new Authorities();
    authorities.failure = new IllegalStateException("no authorities");
    Http http = http(authorities.settings());

    http.prepare(URI.create("https://localhost:1"));
    assertThat(authorities.askedBy.poll(20, TimeUnit.SECONDS)).isIn(threads);

    assertThat(kind(http.get(Request.to(URI.create("https://localhost:1")))))
        .isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void nothingIsMadeBeforehandWhereNothingRuns() throws Exception {
    Http http = http();
    http.suspend();
    http.prepare(URI.create("https://localhost:1"));

    assertThat(threads).isEmpty();
  }
}
