package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.backend.redis.link.Address.Node;
import io.splitio.backend.redis.link.RedisSettings.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections need is there while it is needed, and no longer. */
class WiresTest {
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private Wires wires;

  @AfterEach
  void close() {
    wires.close(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));
  }

  private Wires wires(Tls tls, Address address) {
    return new Wires(new RedisSettings(address, Login.NONE, tls), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  @Test
  void certificatesThatCannotBeReadLeaveNoThreadsBehindHoweverOftenItIsTried(@TempDir Path folder) {
    Tls gone = new Tls(new Tls.TrustPem(folder.resolve("gone.pem")), null, Tls.Checks.FULL);
    wires = wires(gone, new Address.Single(new Node("127.0.0.1", 6379), 0));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(wires::open).hasMessageContaining("gone.pem");
    }

    assertThat(threads).isEmpty();
  }
}
