package io.splitio.official;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import io.splitio.testing.RandomDefinitions;
import io.splitio.testing.RandomUsers;
import io.splitio.testing.RandomUsers.User;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Both SDKs answer the same random questions about the same random definitions. The system property
 * {@code splitio.differential.seed} repeats a run, {@code splitio.differential.rounds} makes it
 * longer.
 */
class DifferentialTest {
  private static final int FLAGS = 500;
  private static final int USERS = 70;
  private static final long SEED =
      Long.getLong("splitio.differential.seed", System.currentTimeMillis());
  private static final int ROUNDS = Integer.getInteger("splitio.differential.rounds", 3);

  private int asked;
  private int unknown;
  private int failed;

  @Test
  void bothServeTheSameForTheSameReason() {
    for (int round = 0; round < ROUNDS; round++) {
      compare(SEED + round);
    }
    System.out.printf(
        "differential: seed %d, %d questions, %d to unknown flags, %d failing%n",
        SEED, asked, unknown, failed);
    assertThat(asked).isGreaterThanOrEqualTo(100_000);
    assertThat(unknown).isBetween(1, asked / 10);
    assertThat(failed).isLessThan(asked / 100);
  }

  private void compare(long seed) {
    Random random = new Random(seed);
    RandomDefinitions definitions = new RandomDefinitions(random, FLAGS);
    Map<String, List<String>> segments = definitions.segments();
    RandomUsers users = new RandomUsers(random);
    String json = definitions.json();
    try (LogCapture log = LogCapture.warnings();
        OfficialSdk official = new OfficialSdk(json, segments, null);
        SplitFactory factory =
            SplitFactory.create(
                Definitions.of(json).segments(segments),
                SplitConfig.defaults().withoutShutdownHook())) {
      assertThat(factory.manager().splitNames())
          .containsExactlyInAnyOrderElementsOf(official.factory().manager().splitNames());
      for (int i = 0; i < USERS; i++) {
        compare(seed, users.user(), official, factory);
      }
      assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }
  }

  private void compare(long seed, User user, OfficialSdk official, SplitFactory factory) {
    Key key =
        user.bucketingKey() == null ? Key.of(user.key()) : Key.of(user.key(), user.bucketingKey());
    for (int i = 0; i < FLAGS; i++) {
      String flag = "flag" + i;
      Evaluation evaluation = factory.client().evaluate(key, flag, user.attributes());
      Answer ours = Answer.of(evaluation);
      Answer theirs = official.answer(user.key(), user.bucketingKey(), flag, user.attributes());
      if (theirs.equals(new Answer("control", null, "no impression", null))) {
        theirs = new Answer("control", null, "definition not found", null);
        unknown++;
      }
      failed += "exception".equals(theirs.label()) ? 1 : 0;
      asked++;
      if (!ours.equals(theirs)) {
        assertThat(ours)
            .as(
                "seed %d, %s, %s%n%s",
                seed, flag, user, factory.client().explain(key, flag, user.attributes()))
            .isEqualTo(theirs);
      }
    }
  }
}
