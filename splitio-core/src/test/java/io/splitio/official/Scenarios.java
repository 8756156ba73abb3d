package io.splitio.official;

import io.splitio.api.ImpressionMode;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.fake.stream.Inline;
import io.splitio.official.Driven.Setup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What both SDKs go through. What was sent before {@code forget} does not count. */
final class Scenarios {
  private static final Duration LATER = Duration.ofSeconds(30);
  private static final Setup POLLING = Setup.DEFAULT;
  private static final Setup STREAMING = Setup.DEFAULT.withStreaming();

  private Scenarios() {}

  static Map<String, Consumer<Stage>> all() {
    Map<String, Consumer<Stage>> all = new LinkedHashMap<>();
    starts(all);
    notifications(all);
    states(all);
    recording(all);
    return all;
  }

  private static Stage banner(Stage stage) {
    return stage.flag(Flag.named("banner").otherwise("off"));
  }

  private static Stage beta(Stage stage) {
    return stage
        .segment("beta", "u1")
        .flag(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
  }

  private static void starts(Map<String, Consumer<Stage>> all) {
    all.put("nothing", stage -> stage.start(POLLING));
    all.put("flags", stage -> banner(stage).start(POLLING));
    all.put("segments", stage -> beta(stage).start(POLLING));
    all.put(
        "pages",
        stage -> {
          stage.cloud.behaviour().pageSize(1);
          banner(stage)
              .flag(Flag.named("other").otherwise("off"))
              .ruleBased(RuleBasedSegment.named("vip").keys("u1"))
              .start(POLLING);
        });
    all.put(
        "segment pages",
        stage -> {
          stage.cloud.behaviour().segmentPageSize(1);
          beta(stage).segment("beta", "u2").segment("beta", "u3").start(POLLING);
        });
    all.put("flag sets", stage -> banner(stage).start(POLLING.forSets("web", "a_1")));
    all.put(
        "a segment of a rule-based segment",
        stage ->
            stage
                .segment("beta", "u1")
                .ruleBased(RuleBasedSegment.named("vip").segment("beta"))
                .flag(Flag.named("lounge").inRuleBasedSegment("vip", "on").otherwise("off"))
                .start(POLLING));
    all.put(
        "old proxy",
        stage -> {
          stage.cloud.behaviour().actAsOldProxy();
          banner(stage).start(POLLING);
        });
    all.put(
        "error, then well",
        stage -> {
          stage.cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.status(500));
          banner(stage).start(POLLING);
        });
    all.put(
        "segment error, then well",
        stage -> {
          stage.cloud.faults().next(Endpoint.SEGMENT_CHANGES, Fault.status(503));
          beta(stage).start(POLLING);
        });
    all.put(
        "not modified",
        stage -> {
          stage.cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.status(304));
          banner(stage).start(POLLING);
        });
    all.put(
        "poll",
        stage -> {
          beta(stage).start(POLLING).forget();
          stage.cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, LATER);
          stage.quiet();
        });
  }

  private static void notifications(Map<String, Consumer<Stage>> all) {
    all.put("stream", stage -> beta(stage).start(STREAMING));
    all.put("definition sent along", stage -> update(stage, Inline.ZLIB));
    all.put("no definition sent along", stage -> update(stage, Inline.NONE));
    all.put("kill", stage -> banner(stage).start(STREAMING).forget().kill("banner", "x").quiet());
    all.put(
        "segment update",
        stage ->
            beta(stage)
                .start(STREAMING)
                .forget()
                .segment("beta", "u2")
                .serves("u2", "banner", "on")
                .quiet());
    all.put("rule-based segment sent along", stage -> ruleBasedUpdate(stage, Inline.GZIP));
    all.put("rule-based segment not sent along", stage -> ruleBasedUpdate(stage, Inline.NONE));
    all.put(
        "segment used for the first time",
        stage ->
            banner(stage)
                .segment("new", "u1")
                .start(STREAMING)
                .forget()
                .flag(Flag.named("banner").inSegment("new", "on").otherwise("off"))
                .serves("u1", "banner", "on")
                .quiet());
    all.put(
        "stale cache",
        stage -> {
          banner(stage).start(STREAMING).forget();
          stage.cloud.streaming().inline(Inline.NONE);
          stage.cloud.freezeReads();
          stage.flag(Flag.named("banner").otherwise("on")).serves("u1", "banner", "on").quiet();
        });
  }

  private static void update(Stage stage, Inline inline) {
    banner(stage).start(STREAMING).forget();
    stage.cloud.streaming().inline(inline);
    stage.flag(Flag.named("banner").otherwise("on")).serves("u1", "banner", "on").quiet();
  }

  private static void ruleBasedUpdate(Stage stage, Inline inline) {
    stage
        .ruleBased(RuleBasedSegment.named("vip").keys("u1"))
        .flag(Flag.named("lounge").inRuleBasedSegment("vip", "on").otherwise("off"))
        .start(STREAMING)
        .forget();
    stage.cloud.streaming().inline(inline);
    stage.ruleBased(RuleBasedSegment.named("vip").keys("u2")).serves("u2", "lounge", "on").quiet();
  }

  private static void states(Map<String, Consumer<Stage>> all) {
    all.put("no publishers", stage -> polled(stage, Scenarios::withoutPublishers));
    all.put("paused", stage -> polled(stage, on -> on.cloud.streaming().pause()));
    all.put("disabled", stage -> polled(stage, on -> on.cloud.streaming().disable()));
    all.put(
        "resumed",
        stage -> {
          beta(stage).start(STREAMING);
          stage.cloud.streaming().pause();
          stage.quiet().forget();
          stage.cloud.streaming().resume();
          stage.cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, LATER);
          stage.quiet();
        });
    all.put(
        "token ended",
        stage -> {
          beta(stage).start(STREAMING).forget();
          stage.cloud.streaming().error(40142);
          stage.cloud.requests().await(Endpoint.STREAM, 1, LATER);
          stage.quiet();
        });
    all.put(
        "stream lost",
        stage -> {
          beta(stage).start(STREAMING).forget();
          stage.cloud.streaming().drop();
          stage.cloud.requests().await(Endpoint.STREAM, 1, LATER);
          stage.quiet();
        });
    all.put(
        "no streaming for this key",
        stage -> {
          stage.cloud.authentication().disablePush();
          beta(stage).startWithoutStream(STREAMING);
        });
  }

  private static void withoutPublishers(Stage stage) {
    stage.cloud.streaming().occupancy("control_pri", 0);
    stage.cloud.streaming().occupancy("control_sec", 0);
  }

  /** Something makes the SDK poll. */
  private static void polled(Stage stage, Consumer<Stage> cause) {
    beta(stage).start(STREAMING).forget();
    cause.accept(stage);
    stage.cloud.streaming().mute();
    stage.quiet();
    stage.flag(Flag.named("banner").otherwise("polled")).serves("u1", "banner", "polled").quiet();
  }

  private static void recording(Map<String, Consumer<Stage>> all) {
    for (ImpressionMode mode : ImpressionMode.values()) {
      all.put("impressions " + mode, stage -> served(stage, POLLING.in(mode)));
    }
    all.put("no labels", stage -> served(stage, POLLING.withoutLabels()));
    all.put("no addresses", stage -> served(stage, POLLING.withoutAddresses()));
    all.put(
        "impressions disabled",
        stage -> {
          stage
              .flag(Flag.named("quiet").otherwise("on").impressionsDisabled())
              .start(POLLING)
              .forget();
          stage.sdk().treatment("u1", "quiet");
          stage.sdk().treatment("u2", "quiet");
          stage.sdk().treatment("u1", "quiet");
          stage.sdk().end();
        });
    all.put(
        "events",
        stage -> {
          banner(stage).start(POLLING).forget();
          stage.sdk().track("u1", 19.9, Map.of("currency", "EUR", "vip", true, "items", 3));
          stage.sdk().track("u2", 1, Map.of());
          stage.sdk().end();
        });
    all.put("set-up in mode NONE", stage -> stage.start(POLLING.in(ImpressionMode.NONE)));
    all.put("headers", stage -> everything(stage, STREAMING));
    all.put("headers without addresses", stage -> everything(stage, STREAMING.withoutAddresses()));
    all.put(
        "an end without anything",
        stage -> {
          banner(stage).start(POLLING).forget();
          stage.sdk().end();
        });
  }

  /** Every endpoint is used. */
  private static void everything(Stage stage, Setup setup) {
    stage
        .flag(Flag.named("quiet").otherwise("on").impressionsDisabled())
        .segment("beta", "u1")
        .flag(Flag.named("banner").inSegment("beta", "on").otherwise("off"))
        .start(setup.in(ImpressionMode.OPTIMIZED));
    stage.sdk().treatment("u1", "quiet");
    stage.sdk().treatment("u1", "banner");
    stage.sdk().track("u1", 1, Map.of("a", "b"));
    stage.sdk().end();
  }

  private static void served(Stage stage, Setup setup) {
    beta(stage).start(setup).forget();
    stage.sdk().treatment("u1", "banner");
    stage.sdk().treatment("u1", "banner");
    stage.sdk().treatment("u2", "banner");
    stage.sdk().treatment("u1", "unknown");
    stage.sdk().end();
  }
}
