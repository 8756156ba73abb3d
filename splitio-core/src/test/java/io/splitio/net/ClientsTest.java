package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** How connections are set up. */
class ClientsTest {

  /** What a connection is when a request is about to be sent over it. */
  private static final class Watcher extends EventListener {
    private final AtomicReference<Boolean> sendsAtOnce = new AtomicReference<>();
    private final AtomicReference<Connection> connection = new AtomicReference<>();

    @Override
    public void connectionAcquired(Call call, Connection acquired) {
      connection.set(acquired);
    }

    @Override
    public void requestHeadersStart(Call call) {
      try {
        sendsAtOnce.set(connection.get().socket().getTcpNoDelay());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Or each document of some kilobytes takes 40 ms longer than it has to. */
  @Test
  void whatIsSentDoesNotWaitForWhatWasSentToBeAcknowledged() throws Exception {
    Clients clients =
        Clients.exchanges(
            NetFixture.SETTINGS,
            NetFixture.SETTINGS.tls().madeOnce(),
            new CustomHeaders(NetFixture.SETTINGS.decorator(), System::nanoTime),
            new ProxyEnvironment(Map.of()),
            1);
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      Request request = new Request.Builder().url(server.uri().toString()).build();
      Call call = clients.towards(request.url()).newCall(request);
      Watcher watcher = new Watcher();
      call.addEventListener(watcher);
      try (Response response = call.execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
      assertThat(watcher.sendsAtOnce).hasValue(true);
    } finally {
      clients.dropIdle();
    }
  }
}
