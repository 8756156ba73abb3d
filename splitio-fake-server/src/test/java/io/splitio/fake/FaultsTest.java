package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.fake.http.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults as a client with a plain socket sees them. */
class FaultsTest {
  private static final String EMPTY =
      "{\"ff\":{\"s\":-1,\"t\":-1,\"d\":[]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}";

  private final SplitCloud cloud = SplitCloud.start();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void aStatusIsAnsweredSoManyTimesAndThenTheTruth() throws IOException {
    cloud.faults().next(2, Endpoint.SPLIT_CHANGES, Fault.status(503));
    assertThat(ask()).startsWith("HTTP/1.1 503 ");
    assertThat(ask()).startsWith("HTTP/1.1 503 ");
    assertThat(ask()).startsWith("HTTP/1.1 200 ");
    assertThat(cloud.faults().happened()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void aStatusThatAllowsNoBodyHasNone(int status) throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.status(status));
    String answer = ask();
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").endsWith("\r\n\r\n");
    assertThat(answer).doesNotContain("ordered by the test");
  }

  @Test
  void aFaultConcernsItsEndpointOnly() throws IOException {
    cloud.faults().always(Endpoint.AUTH, Fault.status(503));
    assertThat(ask()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aFaultIsClearedForItsEndpointOnly() throws IOException {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(503));
    cloud.faults().always(Endpoint.AUTH, Fault.status(500));
    cloud.faults().clear(Endpoint.SPLIT_CHANGES);
    assertThat(ask()).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /api/v2/auth")).startsWith("HTTP/1.1 500 ");
  }

  @Test
  void whatHangsAtOneEndpointOutlastsTheEndOfAFaultOfAnother() throws IOException {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    try (Socket socket = send()) {
      socket.setSoTimeout(200);
      cloud.faults().clear(Endpoint.AUTH);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      cloud.faults().clear(Endpoint.SPLIT_CHANGES);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void retryAfterIsAHeader() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.retryAfter(429, "7"));
    assertThat(ask()).startsWith("HTTP/1.1 429 ").contains("Retry-After: 7\r\n");
  }

  @Test
  void aBodyIsReplaced() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.body("text/html", "<html>"));
    assertThat(ask()).startsWith("HTTP/1.1 200 ").contains("text/html").endsWith("<html>");
  }

  @Test
  void aResetIsAReset() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.reset());
    try (Socket socket = send()) {
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aTruncatedBodyEndsEarlyUnderItsFullLength() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.truncate(5));
    assertThat(ask()).contains("Content-Length: " + EMPTY.length()).endsWith("\r\n\r\n{\"ff\"");
  }

  @Test
  void aLengthIsWrong() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.contentLength(10));
    assertThat(ask()).contains("Content-Length: " + (EMPTY.length() + 10)).endsWith(EMPTY);
  }

  @Test
  void aStalledBodyStopsWithoutAnEnd() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.stall(5));
    try (Socket socket = send()) {
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketTimeoutException.class);
      cloud.faults().clear();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void nothingIsAnsweredUntilTheFaultIsCleared() throws IOException {
    cloud.faults().always(Fault.hang());
    try (Socket socket = send()) {
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      cloud.faults().clear();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anAnswerIsLate() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.delay(Duration.ofMillis(150)));
    long start = System.nanoTime();
    assertThat(ask()).endsWith(EMPTY);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(150).toNanos());
  }

  @Test
  void aTricklingBodyArrivesInPieces() throws IOException {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.trickle(10, Duration.ofMillis(20)));
    long start = System.nanoTime();
    assertThat(ask()).endsWith(EMPTY);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(100).toNanos());
  }

  @Test
  void aLostReplyLeavesWhatWasPostedWithTheService() throws IOException {
    cloud.faults().next(Endpoint.EVENTS, Fault.lostReply());
    try (Socket socket = send("POST /api/events/bulk", "[{\"key\":\"1\"}]")) {
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
    assertThat(cloud.received().events().total()).isEqualTo(1);
  }

  @Test
  void whatFailedWithAStatusWasNotReceived() throws IOException {
    cloud.faults().next(Endpoint.EVENTS, Fault.status(500));
    try (Socket socket = send("POST /api/events/bulk", "[{\"key\":\"1\"}]")) {
      socket.getInputStream().readAllBytes();
    }
    assertThat(cloud.received().events().total()).isZero();
    assertThat(cloud.requests().of(Endpoint.EVENTS)).hasSize(1);
  }

  private String ask() throws IOException {
    return ask("GET /api/splitChanges?s=1.3&since=-1&rbSince=-1");
  }

  private String ask(String start) throws IOException {
    try (Socket socket = send(start, "");
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket send() throws IOException {
    return send("GET /api/splitChanges?s=1.3&since=-1&rbSince=-1", "");
  }

  private Socket send(String start, String body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.port());
    socket.setSoTimeout(10_000);
    String request =
        start
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
