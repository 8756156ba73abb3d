package io.splitio.net;

import static io.splitio.net.Certificates.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** TLS connections whose peer has gone, and says no farewell. */
class HttpPartingTest extends NetFixture {
  private static final int CONNECTIONS = 3;
  private static final Duration SOON = Duration.ofSeconds(2); // each may wait 5 s for an answer

  @Test
  void suspendingDoesNotWaitForTheFarewellOfIdleConnections() throws Exception {
    endsSoon(Http::suspend);
  }

  @Test
  void closingDoesNotWaitForTheFarewellOfIdleConnections() throws Exception {
    endsSoon(Http::close);
  }

  private void endsSoon(Consumer<Http> end) throws Exception {
    CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    try (ScriptedServer server = answering(together);
        FaultProxy network = before(server)) {
      Http http = http(trusting());
      allAtOnce(http, network);
      goSilent(network);
      assertThat(time(() -> end.accept(http))).isLessThan(SOON);
    }
  }

  @Test
  void aSilentStreamEndsOnceAndNotAgainAfterTheSameTime() throws Exception {
    Duration idle = Duration.ofSeconds(3);
    try (ScriptedServer server =
            secure(
                peer -> {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hi\n\n");
                  peer.hold();
                });
        FaultProxy network = before(server)) {
      HttpSettings.Timeouts times = SETTINGS.timeouts().withStream(Duration.ofSeconds(5), idle);
      Ended ended = new Ended();
      long start = System.nanoTime();
      http(trusting().withTimeouts(times)).stream(Request.to(address(network)), ended);
      assertThat(ended.latch.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(idle, idle.plus(Duration.ofMillis(2_500)));
    }
  }

  private static void allAtOnce(Http http, FaultProxy network) {
    List<CompletableFuture<Outcome<byte[]>>> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(http.get(Request.to(address(network))));
    }
    all.forEach(outcome -> assertThat(text(outcome)).isEqualTo("x"));
  }

  private static void goSilent(FaultProxy network) {
    network.toClient().blackholeAfter(0);
    network.toServer().blackholeAfter(0);
  }

  private static Duration time(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Answers as many requests together, so that each has a connection of its own. */
  private static ScriptedServer answering(CyclicBarrier together) throws Exception {
    return secure(
        peer -> {
          while (peer.request() != null) {
            try {
              together.await(5, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            peer.send(HttpFaultTest.ok("x"));
          }
        });
  }

  private static ScriptedServer secure(ScriptedServer.Script script) throws Exception {
    HeldCertificate certificate = signed().addSubjectAlternativeName("localhost").build();
    return ScriptedServer.tls(Certificates.server(certificate), script);
  }

  private static FaultProxy before(ScriptedServer server) {
    return FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
  }

  private static URI address(FaultProxy network) {
    return URI.create("https://localhost:" + network.port());
  }

  private static HttpSettings trusting() throws Exception {
    return SETTINGS.withTls(
        TlsSettings.platform().trusting(Certificates.trust(Certificates.AUTHORITY)));
  }

  /** Hears the end only. */
  private static final class Ended extends QuietListener {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    public void closed(Trouble reason) {
      latch.countDown();
    }
  }
}
