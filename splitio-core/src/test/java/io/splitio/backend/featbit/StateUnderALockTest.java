package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.StatusProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application asks for the state while it holds a lock that its own factory of threads wants.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StateUnderALockTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final List<DefinitionSource.Receiver> opened = new CopyOnWriteArrayList<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile boolean armed; // written by the test
  private @Nullable SplitFactory factory;

  private SplitFactory start(SplitConfig config) {
    DefinitionSource source =
        receiver -> {
          opened.add(receiver);
          return () -> {};
        };
    SplitFactory made =
        SplitFactory.create(
            OwnPartsTest.between(source, batch -> true), config.withThreadFactory(this::thread));
    factory = made;
    await().atMost(LIMIT).until(() -> !opened.isEmpty());
    return made;
  }

  @AfterEach
  void end() {
    if (factory != null) {
      factory.destroy();
    }
  }

  /** Waits for the lock, for twice as long as the test does. */
  private Thread thread(Runnable task) {
    if (armed) {
      wanted.countDown();
      try {
        if (lock.tryLock(LIMIT.toSeconds() * 2, TimeUnit.SECONDS)) {
          lock.unlock();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  private interface Question<T> {
    T ask() throws Exception;
  }

  /** What is answered to who holds the lock while a thread is asked for. */
  private <T> T underTheLock(Question<T> question, Runnable news) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread application =
        new Thread(
            () -> {
              lock.lock();
              try {
                held.countDown();
                assertThat(wanted.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                answer.complete(question.ask());
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              } finally {
                lock.unlock();
              }
            });
    application.setDaemon(true);
    application.start();
    assertThat(held.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    armed = true;
    Thread bringing = new Thread(news);
    bringing.setDaemon(true);
    bringing.start();
    return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void theFirstOkIsToldWithAllThatGoesWithIt() throws Exception {
    SplitFactory made = start(SplitConfig.defaults().withFlagChangeListener(changed::addAll));
    FeatBitClient client = FeatBitClient.of(made);
    StatusProvider status = client.getDataUpdateStatusProvider();
    List<Object> found =
        underTheLock(
            () ->
                List.of(
                    status.waitForOKState(Duration.ZERO),
                    status.getState().type(),
                    client.isInitialized(),
                    made.ready().isDone()),
            () -> opened.get(0).dataSync(resource("full.json")));
    assertThat(found).containsExactly(true, FeatBitState.Type.OK, true, true);
    await().atMost(LIMIT).until(() -> changed.contains("banner-text"));
  }

  @Test
  void aLaterStateIsToldAndThenHeardOf() throws Exception {
    SplitFactory made = start(SplitConfig.defaults());
    StatusProvider status = FeatBitClient.of(made).getDataUpdateStatusProvider();
    opened.get(0).dataSync(resource("full.json"));
    assertThat(status.waitForOKState(LIMIT)).isTrue();
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.addStateListener(state -> heard.add(state.type()));
    FeatBitState.Type found =
        underTheLock(
            () -> status.getState().type(),
            () -> {
              opened.get(0).interrupted("the broker restarts");
              opened.get(0).current();
            });
    assertThat(found).isEqualTo(FeatBitState.Type.INTERRUPTED);
    await().atMost(LIMIT).until(() -> heard.size() >= 2);
    assertThat(heard).containsExactly(FeatBitState.Type.INTERRUPTED, FeatBitState.Type.OK);
  }
}
