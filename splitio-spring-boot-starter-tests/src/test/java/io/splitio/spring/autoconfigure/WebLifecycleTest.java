package io.splitio.spring.autoconfigure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.spring.GatedConnector;
import io.splitio.spring.Running;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.WebApplication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class WebLifecycleTest {

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  @Test
  void webServerTakesNoTrafficBeforeFlagsAreThere() throws Exception {
    CompletableFuture<Running> starting =
        CompletableFuture.supplyAsync(() -> Running.start(WatchedApplication.class));
    WatchedApplication.flags.get(60, SECONDS).open();

    try (Running application = starting.get(60, SECONDS)) {
      assertThat(WatchedApplication.seen).containsExactly(SdkStatus.READY);
      assertThat(application.get("/now").body()).isEqualTo("v2");
    }
  }

  @Test
  void applicationStartsWithoutFlagsWhenTheyAreLate(CapturedOutput output) throws Exception {
    try (Running application = Running.start(WebApplication.class, "splitio.ready.timeout=50ms")) {
      assertThat(application.get("/now").body()).isEqualTo("control");
      assertThat(output)
          .contains(
              "Flags were not ready within 50ms (still loading); the application starts, and"
                  + " evaluations answer control or the configured fallback until they are");

      application.bean(GatedConnector.class).open();

      assertThat(application.get("/now").body()).isEqualTo("v2");
    }
  }

  @Test
  void applicationDoesNotStartWithoutFlagsWhenItMustFailFast(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                Running.start(
                    WebApplication.class,
                    "splitio.ready.timeout=50ms",
                    "splitio.ready.fail-fast=true"))
        .hasRootCauseInstanceOf(SplitioStartException.class);

    assertThat(output)
        .contains("Flags were not ready within 50ms: still loading.")
        .contains(
            "Raise splitio.ready.timeout, or set splitio.ready.fail-fast=false to start without"
                + " flags.");
  }

  @Test
  void applicationInTheBackgroundWaitsForNothing() throws Exception {
    try (Running application =
        Running.start(
            WebApplication.class,
            "splitio.ready.block=background",
            "splitio.ready.timeout=1h",
            "splitio.ready.fail-fast=true")) {
      assertThat(application.bean(SplitFactory.class).status()).isEqualTo(SdkStatus.NOT_READY);
      assertThat(application.get("/now").body()).isEqualTo("control");
    }
  }

  @Test
  void requestThatIsStillServedAtTheEndIsDecidedByFlags(CapturedOutput output) throws Exception {
    Running application =
        Running.start(
            WebApplication.class, "splitio.ready.block=background", "server.shutdown=graceful");
    application.bean(GatedConnector.class).open();
    WebApplication.Slow slow = application.bean(WebApplication.Slow.class);
    SplitFactory factory = application.bean(SplitFactory.class);
    CompletableFuture<Running.Answer> answer = application.getLater("/slow");
    assertThat(slow.arrived.await(10, SECONDS)).isTrue();

    CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
    await().until(() -> output.getOut().contains("Commencing graceful shutdown"));
    assertThat(factory.isDestroyed()).isFalse();
    slow.proceed.countDown();

    assertThat(answer.get(60, SECONDS).body()).isEqualTo("v2");
    closed.get(60, SECONDS);
    assertThat(factory.isDestroyed()).isTrue();
  }

  @Test
  void lifecycleIsBelowThePhasesOfTheWebServer() {
    assertThat(SplitioLifecycle.PHASE).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
  }

  @Test
  void threadsOfTheSdkNeverKeepTheJvmAlive() {
    try (Running application =
        Running.start(WebApplication.class, "splitio.ready.block=background")) {
      application.bean(GatedConnector.class).open();
      List<Thread> alive = SdkThreads.alive();

      assertThat(alive).isNotEmpty().allMatch(Thread::isDaemon);
    }
  }

  /** Notes the status of the SDK at the moment when the web server is started. */
  @Configuration(proxyBeanMethods = false)
  @Import(WebApplication.class)
  static class WatchedApplication {
    private static final List<SdkStatus> seen = new CopyOnWriteArrayList<>();
    private static final CompletableFuture<GatedConnector> flags = new CompletableFuture<>();

    @Bean
    ApplicationListener<ApplicationEvent> watcher(SplitFactory factory, GatedConnector connector) {
      flags.complete(connector);
      return event -> {
        // Spring Boot moved the event to another package in version 4
        if (event.getClass().getSimpleName().equals("ServletWebServerInitializedEvent")) {
          seen.add(factory.status());
        }
      };
    }
  }
}
