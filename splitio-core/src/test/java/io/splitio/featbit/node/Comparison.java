package io.splitio.featbit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.Evaluation;
import io.splitio.api.Evaluation.Variation;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.node.Model.Flag;
import io.splitio.featbit.node.Model.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Asks both clients for all flags for all users, and compares answers and insights. */
final class Comparison {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FeatBitServer server;
  private final NodeClient node;
  private final BiFunction<User, String, Evaluation> decide;
  private final List<User> users;
  private final Map<String, Flag> flags;
  private final Map<String, Segment> segments;
  private int rounds;
  private final Map<Deviation, Integer> differences = new EnumMap<>(Deviation.class);

  /** Looks at the flags and segments anew each time. */
  Comparison(
      FeatBitServer server,
      NodeClient node,
      BiFunction<User, String, Evaluation> decide,
      List<User> users,
      Map<String, Flag> flags,
      Map<String, Segment> segments) {
    this.server = server;
    this.node = node;
    this.decide = decide;
    this.users = users;
    this.flags = flags;
    this.segments = segments;
  }

  /** How often each deviation alone has made a difference. */
  Map<Deviation, Integer> differences() {
    return differences;
  }

  /** Asks both for everything; how many answers had to be the same. */
  int compare() {
    List<String> keys = List.copyOf(flags.keySet());
    List<List<Answer>> theirs = node.evaluate(users, keys);
    User last = User.of("last-" + ++rounds); // when it is told of, so are the others
    node.evaluate(last, NodeClientCheck.MARKER);
    Map<String, Served> served = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    int same = 0;
    for (int u = 0; u < users.size(); u++) {
      for (int f = 0; f < keys.size(); f++) {
        User user = users.get(u);
        Flag flag = Objects.requireNonNull(flags.get(keys.get(f)));
        Set<Deviation> touching = Deviation.touching(flag, user, segments);
        Evaluation decision = decide.apply(user, flag.key());
        String difference = difference(Answer.ofOurs(decision), theirs.get(u).get(f));
        if (touching.isEmpty()) {
          same++;
          served.put(user.key() + " " + flag.key(), new Served(flag, decision));
          add(difference.isEmpty() ? "" : flag + " for " + user + ": " + difference, wrong);
        } else if (touching.size() == 1 && !difference.isEmpty()) {
          differences.merge(touching.iterator().next(), 1, Integer::sum);
        }
      }
    }
    await().atMost(LIMIT).until(() -> told().keySet().stream().anyMatch(last::isIn));
    compareInsights(served, wrong);
    assertThat(wrong).as("differences that are not listed").isEmpty();
    return same;
  }

  private static String difference(Answer ours, Answer theirs) {
    return ours.equals(theirs) ? "" : ours + "; theirs: " + theirs;
  }

  private static void add(String problem, List<String> problems) {
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
  }

  /** What was served to somebody. */
  private record Served(Flag flag, Evaluation decision) {
    private boolean isTold() {
      return decision.variation() != null;
    }

    /** What an insight says of it. */
    private String words() {
      Variation variation = Objects.requireNonNull(decision.variation());
      return variation.id() + " " + variation.experiment();
    }

    private boolean mayDifferInExperiments() {
      return "rule match".equals(decision.label()) && Deviation.differsInExperiments(flag);
    }
  }

  private void compareInsights(Map<String, Served> served, List<String> wrong) {
    served.values().removeIf(evaluation -> !evaluation.isTold());
    Map<String, String> told = insights(served.keySet());
    served.forEach(
        (what, evaluation) -> {
          String theirs = told.get(what) + "";
          if (evaluation.words().equals(theirs)) {
            return;
          }
          if (evaluation.mayDifferInExperiments()) {
            differences.merge(Deviation.EXPERIMENT_OF_RULE, 1, Integer::sum);
          } else {
            wrong.add("insight on " + what + ": " + evaluation.words() + "; theirs: " + theirs);
          }
        });
  }

  /** What the other client's insights say of these evaluations. */
  private Map<String, String> insights(Set<String> wanted) {
    Map<String, String> told = new TreeMap<>();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              told.putAll(told());
              return told.keySet().containsAll(wanted);
            });
    told.keySet().retainAll(new TreeSet<>(wanted));
    return told;
  }

  private Map<String, String> told() {
    Map<String, String> told = new TreeMap<>();
    for (Map<?, ?> event : server.received().events()) {
      Object key = ((Map<?, ?>) Objects.requireNonNull(event.get("user"))).get("keyId");
      for (Object element : (List<?>) Objects.requireNonNull(event.get("variations"))) {
        Map<?, ?> served = (Map<?, ?>) element;
        Object id = ((Map<?, ?>) Objects.requireNonNull(served.get("variation"))).get("id");
        told.put(
            key + " " + served.get("featureFlagKey"), id + " " + served.get("sendToExperiment"));
      }
    }
    return told;
  }
}
