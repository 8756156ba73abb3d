package io.splitio.fake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.fake.proxy.Toxics.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The proxy before a server that sends back what it is sent. */
class FaultProxyTest {
  private static final int CLIENTS = 50;

  private final ServerSocket echo = listen();
  private final FaultProxy proxy = FaultProxy.to((InetSocketAddress) echo.getLocalSocketAddress());

  @BeforeEach
  void serve() {
    Thread thread = new Thread(this::accept, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassAndAreCounted() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
    }
    assertThat(proxy.toServer().bytes()).isEqualTo(5);
    assertThat(proxy.toClient().bytes()).isEqualTo(5);
    assertThat(proxy.accepted()).isEqualTo(1);
    await().until(() -> proxy.open() == 0);
  }

  @Test
  void anEndOfOneDirectionIsPassedOnWhileTheOtherStaysOpen() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write('x');
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).containsExactly('x');
    }
  }

  @Test
  void aSilentProxyAcceptsAndSaysNothing() throws IOException {
    proxy.acceptSilently();
    try (Socket socket = connect()) {
      socket.getOutputStream().write('x');
      assertSilence(socket);
    }
    assertThat(proxy.toServer().bytes()).isZero();
  }

  @Test
  void nothingIsLeftOfSilenceWhenItEnds() throws IOException {
    proxy.acceptSilently();
    try (Socket socket = connect()) {
      socket.setSoTimeout(20_000);
      await().until(() -> proxy.open() == 1);
      proxy.accept();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.open()).isZero();
    }
  }

  @Test
  void bytesVanishInABlackholeWhileTheConnectionStaysOpen() throws IOException {
    proxy.toClient().blackholeAfter(3);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(3)).asString().isEqualTo("hel");
      assertSilence(socket);
    }
  }

  @Test
  void toxicsReachConnectionsThatAreOpenAlready() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
      proxy.toClient().blackholeAfter(0);
      socket.getOutputStream().write('x');
      assertSilence(socket);
    }
  }

  @Test
  void aConnectionIsResetAfterSoManyBytes() throws IOException {
    proxy.toServer().resetAfter(5);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aConnectionIsClosedAfterSoManyBytes() throws IOException {
    proxy.toClient().truncateAfter(2);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("he");
    }
  }

  @Test
  void oneDirectionIsClosedAfterSoManyBytesAndTheOtherStaysOpen() throws IOException {
    proxy.toClient().halfCloseAfter(2);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("he");
      socket.getOutputStream().write("again".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> proxy.toServer().bytes() == 10);
    }
  }

  @Test
  void oneByteIsCorruptedAndAnotherDuplicated() throws IOException {
    proxy.toClient().set(Toxics.none().withCorruption(1).withDuplicate(3).withEnd(End.CLOSE, 5));
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes())
          .containsExactly('h', (byte) ~'e', 'l', 'l', 'l', 'o');
    }
  }

  @Test
  void slicesAndLatencyTakeTheirTime() throws IOException {
    proxy
        .toClient()
        .set(Toxics.none().withSlice(1).withLatency(Duration.ofMillis(20), Duration.ZERO));
    long start = System.nanoTime();
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
    }
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(100).toNanos());
  }

  @Test
  void bandwidthIsLimited() throws IOException {
    proxy.toClient().bandwidth(50);
    long start = System.nanoTime();
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "1234567890")).isEqualTo("1234567890");
    }
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(190).toNanos());
  }

  @Test
  void aSlowDripComesByteByByte() throws IOException {
    proxy.toClient().bandwidth(10);
    try (Socket socket = connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      long start = System.nanoTime();
      assertThat(socket.getInputStream().read()).isEqualTo('h');
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofMillis(400).toNanos());
      assertThat(socket.getInputStream().available()).isZero();
    }
  }

  @Test
  void inABlackholeEvenTheEndGetsLost() throws IOException {
    proxy.toServer().halfCloseAfter(1); // upon which the server closes
    proxy.toClient().blackholeAfter(0);
    try (Socket socket = connect()) {
      socket.getOutputStream().write('x');
      assertSilence(socket);
    }
  }

  @Test
  void connectionsAboveTheLimitAreClosed() throws IOException {
    proxy.limitConnections(1);
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(second.getInputStream().read()).isEqualTo(-1);
      assertThat(echoed(first, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void whoConnectsIsRefusedAndLaterAcceptedOnTheSamePort() throws IOException {
    int port = proxy.port();
    proxy.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    proxy.accept();
    assertThat(proxy.port()).isEqualTo(port);
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoConnectsToABlackholeHearsNothingUntilTheProxyAcceptsAgain() throws IOException {
    try (Socket before = connect()) {
      assertThat(echoed(before, "first")).isEqualTo("first"); // so that it is accepted
      proxy.blackholeConnects();
      assertThatThrownBy(() -> connect(300)).isInstanceOf(SocketTimeoutException.class);
      assertThat(echoed(before, "still")).isEqualTo("still");
      proxy.accept();
      try (Socket after = connect()) {
        assertThat(echoed(after, "hello")).isEqualTo("hello");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBlackholeCanBecomeARefusal() {
    proxy.blackholeConnects();
    proxy.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void whatIsConnectedIsReset() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
      proxy.reset();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void whatIsConnectedIsDropped() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
      proxy.drop();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(proxy.open()).isZero();
  }

  @Test
  void whoConnectsAnewBecauseOfAResetIsNotResetAsWell() {
    ExecutorService clients = Executors.newCachedThreadPool();
    try {
      CountDownLatch connected = new CountDownLatch(CLIENTS);
      CountDownLatch done = new CountDownLatch(1);
      List<CompletableFuture<String>> after =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> anew(connected, done), clients))
              .toList();
      awaited(connected);
      proxy.reset();
      done.countDown();
      assertThat(after).allSatisfy(said -> assertThat(said.join()).isEqualTo("hello"));
    } finally {
      clients.shutdownNow();
    }
  }

  /** What a server says on the connection that follows a broken one, once all are broken. */
  private String anew(CountDownLatch connected, CountDownLatch done) {
    try (Socket first = connect()) {
      echoed(first, "hello");
      connected.countDown();
      assertThatThrownBy(() -> first.getInputStream().read()).isInstanceOf(SocketException.class);
      try (Socket next = connect()) {
        echoed(next, "hello");
        awaited(done);
        return echoed(next, "hello");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertSilence(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static String echoed(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
  }

  private Socket connect() throws IOException {
    return connect(10_000);
  }

  private Socket connect(int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), timeoutMillis);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private void accept() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread thread = new Thread(() -> copy(socket), "echo-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copy(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The connection was broken, as some tests want.
    }
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
