package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is refused before the disk has answered. */
class RefusedKeyTest extends CloudFixture {
  @TempDir private Path folder;
  private final CountDownLatch disk = new CountDownLatch(1);

  private SplitConnector kept() {
    return connector().snapshotFile(folder.resolve("flags"));
  }

  @AfterEach
  void goOn() {
    disk.countDown();
  }

  private Thread slowDisk(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              if (Thread.currentThread().getName().contains("-disk-")) {
                awaitDisk();
              }
              task.run();
            });
    thread.setDaemon(true);
    return thread;
  }

  private void awaitDisk() {
    try {
      assertThat(disk.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SplitFactory refused() {
    cloud.behaviour().acceptKeys("another");
    SplitFactory factory = start(kept(), CONFIG.withThreadFactory(this::slowDisk));
    await().atMost(SOON).until(() -> factory.health().fatal());
    return factory;
  }

  @Test
  void keptDefinitionsThatAreReadLaterAreServedAndWhoWaitsIsLetGo() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    ready(kept()).destroy();
    SplitFactory factory = refused();
    CompletableFuture<Void> waiting = factory.ready();
    assertThat(waiting).isNotDone();
    disk.countDown();
    assertThat(waiting).succeedsWithin(SOON);
    assertThat(factory.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
  }

  @Test
  void whoAsksAfterARetryWaitsForItAndIsToldAgain() {
    cloud.behaviour().acceptKeys("another");
    SplitFactory factory = start(connector());
    isRefused(factory);
    assertThat(factory.ready()).isCompletedExceptionally();
    factory.suspend();
    factory.retryNow();
    assertThat(factory.ready()).isCompletedExceptionally();
    factory.resume();
    isRefused(factory);
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(2);
    factory.retryNow();
    isRefused(factory);
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(3);
    cloud.behaviour().acceptKeys(KEY);
    factory.retryNow();
    assertThat(factory.ready()).succeedsWithin(SOON);
    assertThat(factory.ready()).isCompleted();
  }

  private static void isRefused(SplitFactory factory) {
    assertThat(factory.ready())
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("refuses the SDK key");
  }

  @Test
  void whoWaitsIsToldWhenNothingWasKept() {
    CompletableFuture<Void> waiting = refused().ready();
    disk.countDown();
    assertThat(waiting)
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("refuses the SDK key");
  }
}
