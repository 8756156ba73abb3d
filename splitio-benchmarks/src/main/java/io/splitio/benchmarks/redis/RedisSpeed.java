package io.splitio.benchmarks.redis;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import io.splitio.backend.redis.RedisConnector;
import io.splitio.benchmarks.Child;
import io.splitio.benchmarks.contest.CloudMain;
import io.splitio.benchmarks.contest.Contest;
import io.splitio.benchmarks.contest.Contestant;
import io.splitio.benchmarks.contest.Entry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Redis beside memory, and beside a bare exchange of the same keys: a flag whose changes Redis
 * tells of, and a hundred flags without local copies. What is compared takes turns. Arguments:
 * rounds (15), milliseconds of a round (300).
 */
public final class RedisSpeed {
  private static final int[] DEFAULTS = {15, 300};
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BATCH = 20;
  private static final int CALLS = 50;

  private final String[] keys = Contest.keys().toArray(String[]::new);
  private final List<String> hundred =
      IntStream.range(0, RedisServer.FLAGS).mapToObj(RedisServer::flag).toList();
  private final int rounds;
  private final long roundNanos;
  private long sum; // so that nothing is left out

  private RedisSpeed(int rounds, int millis) {
    this.rounds = rounds;
    this.roundNanos = millis * 1_000_000L;
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int[] numbers = DEFAULTS.clone();
    for (int place = 0; place < args.length; place++) {
      numbers[place] = Integer.parseInt(args[place]);
    }
    RedisSpeed speed = new RedisSpeed(numbers[0], numbers[1]);
    System.out.println("| | µs | beside it | round trips a call |");
    System.out.println("|---|---|---|---|");
    try (RedisServer redis = RedisServer.start()) {
      speed.hot(redis);
      speed.batch(redis);
    }
    System.exit(speed.sum == 0 ? 1 : 0);
  }

  /** One flag that Redis tells of, and the same in memory. */
  private void hot(RedisServer redis) throws Exception {
    try (Child cloud = Child.start(CloudMain.class.getName());
        Contestant memory = Entry.OURS.ready(cloud.line());
        SplitFactory factory = ready(redis.connector())) {
      SplitClient client = factory.client();
      settle(redis, client);
      double[] micros =
          compare(
              at -> memory.treatment(keys[at], Contest.rollout(at), Contest.ATTRIBUTES).length(),
              at ->
                  client.getTreatment(keys[at], Contest.rollout(at), Contest.ATTRIBUTES).length());
      double trips =
          trips(redis, at -> client.getTreatment(keys[at], Contest.rollout(at)).length());
      row("a flag in memory", micros[0], "1", "0");
      row("a flag in Redis, with push (at most 2)", micros[1], ratio(micros[1], micros[0]), trips);
    }
  }

  /** Asks for all flags until Redis is asked no more. */
  private void settle(RedisServer redis, SplitClient client) {
    long before = 0;
    for (long reads = redis.reads();
        reads - before > Contest.ROLLOUTS / 10;
        reads = redis.reads()) {
      before = reads;
      for (int flag = 0; flag < Contest.ROLLOUTS; flag++) {
        sum += client.getTreatment(keys[flag], Contest.rollout(flag)).length();
      }
    }
  }

  /** A hundred flags of a segment each, without local copies, and the bare keys of the same. */
  private void batch(RedisServer redis) throws Exception {
    try (SplitFactory factory = ready(redis.connector().withoutPush().localCopies(Duration.ZERO))) {
      SplitClient client = factory.client();
      IntToLongFunction ours =
          at -> client.getTreatments(keys[at], hundred, Contest.ATTRIBUTES).size();
      double[] micros =
          compare(at -> redis.pipelined(keys[at]), ours, at -> redis.oneByOne(keys[at]));
      row("bare keys, pipelined", micros[0], "1", trips(redis, at -> redis.pipelined(keys[at])));
      row(
          "100 flags of a segment each (at most 1.5)",
          micros[1],
          ratio(micros[1], micros[0]),
          trips(redis, ours));
      row(
          "the same keys one by one (at least 5 times ours)",
          micros[2],
          ratio(micros[2], micros[1]) + " of ours",
          trips(redis, at -> redis.oneByOne(keys[at])));
    }
  }

  private static SplitFactory ready(RedisConnector connector) throws Exception {
    SplitFactory factory =
        SplitFactory.create(connector, SplitConfig.defaults().withoutShutdownHook());
    factory.blockUntilReady(PATIENCE);
    return factory;
  }

  /** Microseconds of each, the median of rounds in which they take turns. */
  private double[] compare(IntToLongFunction... actions) {
    double[][] taken = new double[actions.length][rounds];
    for (int round = -rounds / 2; round < rounds; round++) {
      for (int which = 0; which < actions.length; which++) {
        double micros = round(actions[which]);
        if (round >= 0) {
          taken[which][round] = micros;
        }
      }
    }
    return Arrays.stream(taken).mapToDouble(RedisSpeed::median).toArray();
  }

  private double round(IntToLongFunction action) {
    long before = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - before < roundNanos) {
      for (int turn = 0; turn < BATCH; turn++) {
        sum += action.applyAsLong((int) (calls++ % keys.length));
      }
    }
    return (System.nanoTime() - before) / 1e3 / calls;
  }

  private double trips(RedisServer redis, IntToLongFunction action) {
    long before = redis.reads();
    for (int call = 0; call < CALLS; call++) {
      sum += action.applyAsLong(call);
    }
    return (double) (redis.reads() - before) / CALLS;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static String ratio(double one, double other) {
    return String.format(Locale.ROOT, "%.2f", one / other);
  }

  private static void row(String name, double micros, String ratio, Object trips) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %s | %s |%n",
        name,
        micros,
        ratio,
        trips instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : trips);
  }
}
