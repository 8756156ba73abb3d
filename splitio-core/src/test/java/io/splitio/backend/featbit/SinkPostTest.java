package io.splitio.backend.featbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import io.splitio.record.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an application's own sink where threads are hard to get. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SinkPostTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final AtomicBoolean poor = new AtomicBoolean();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Http http = new Http(HttpSettings.defaults(), role -> Thread::new);
  private final SinkPost post =
      new SinkPost(new Telling(), http, task -> poor.get() ? null : new Thread(task));

  private final class Telling implements InsightSink {
    @Override
    public boolean take(String batch) {
      return told.add(batch);
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  private Delivery sent(String batch) throws Exception {
    return post.send(batch.getBytes(UTF_8)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void end() {
    post.close(LIMIT);
  }

  @Test
  void aSinkIsClosedOnceAlsoWhereThereIsNoThreadForItAnyMore() {
    poor.set(true);
    post.close(LIMIT);
    post.close(LIMIT);
    assertThat(told).containsExactly("closed");
  }

  @Test
  void aBatchForWhichThereIsNoThreadComesAgainAndItIsToldWhy() throws Exception {
    poor.set(true);
    Delivery late = sent("[1]");
    assertThat(late.fate()).isEqualTo(Delivery.Fate.TRY_AGAIN);
    assertThat(late.reason()).isEqualTo("there is no thread for the insight sink");
    poor.set(false);
    assertThat(sent("[2]").fate()).isEqualTo(Delivery.Fate.DELIVERED);
    assertThat(told).containsExactly("[2]");
  }

  @Test
  void whileItRestsItIsToldSo() throws Exception {
    post.suspend();
    assertThat(sent("[1]").reason()).isEqualTo("the SDK is suspended or at its end");
    assertThat(told).isEmpty();
  }
}
