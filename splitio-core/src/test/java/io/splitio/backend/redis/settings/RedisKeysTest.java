package io.splitio.backend.redis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The names of keys, as literals (Redis specification 2 and 3). */
class RedisKeysTest {
  @Test
  void everyKeyBeginsWithThePrefixAndADot() {
    RedisKeys keys = RedisKeys.below("acme");

    assertThat(
            List.of(
                keys.flag("a.b"),
                keys.ruleBasedSegment("r"),
                keys.segment("s"),
                keys.flagSet("t"),
                keys.flagsTill(),
                keys.ruleBasedTill(),
                keys.hash(),
                keys.impressions(),
                keys.counts(),
                keys.uniqueKeys(),
                keys.events(),
                keys.init(),
                keys.latencies(),
                keys.exceptions()))
        .containsExactly(
            "acme.SPLITIO.split.a.b",
            "acme.SPLITIO.rbsegment.r",
            "acme.SPLITIO.segment.s",
            "acme.SPLITIO.flagSet.t",
            "acme.SPLITIO.splits.till",
            "acme.SPLITIO.rbsegments.till",
            "acme.SPLITIO.hash",
            "acme.SPLITIO.impressions",
            "acme.SPLITIO.impressions.count",
            "acme.SPLITIO.uniquekeys",
            "acme.SPLITIO.events",
            "acme.SPLITIO.telemetry.init",
            "acme.SPLITIO.telemetry.latencies",
            "acme.SPLITIO.telemetry.exceptions");
  }

  @Test
  void withoutAPrefixThereIsNoDotInFront() {
    assertThat(RedisKeys.below("").flag("f1")).isEqualTo("SPLITIO.split.f1");
  }

  @Test
  void aPrefixIsTakenAsItIs() {
    assertThat(RedisKeys.below("acme.").flag("f1")).isEqualTo("acme..SPLITIO.split.f1");
    assertThat(RedisKeys.below("a.b").flag("f1")).isEqualTo("a.b.SPLITIO.split.f1");
  }

  @Test
  void aPatternMatchesThePrefixLiterally() {
    assertThat(RedisKeys.below("a*[b]?^-\\").everyFlag())
        .isEqualTo("a\\*\\[b\\]\\?\\^\\-\\\\.SPLITIO.split.*");
  }

  @Test
  void aFlagIsWhatFollowsInAKeyDotsIncluded() {
    assertThat(RedisKeys.below("S").flagOf("S.SPLITIO.split.a.b")).isEqualTo("a.b");
  }
}
