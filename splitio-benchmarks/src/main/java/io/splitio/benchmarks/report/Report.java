package io.splitio.benchmarks.report;

import static io.splitio.benchmarks.contest.Entry.FLOOR;
import static io.splitio.benchmarks.contest.Entry.OFFICIAL;
import static io.splitio.benchmarks.contest.Entry.OFFICIAL_DEBUG;
import static io.splitio.benchmarks.contest.Entry.OFFICIAL_LOCALHOST;
import static io.splitio.benchmarks.contest.Entry.OFFICIAL_NONE;
import static io.splitio.benchmarks.contest.Entry.OURS;
import static io.splitio.benchmarks.contest.Entry.OURS_DEBUG;
import static io.splitio.benchmarks.contest.Entry.OURS_LOCALHOST;
import static io.splitio.benchmarks.contest.Entry.OURS_NONE;
import static io.splitio.benchmarks.contest.Entry.RECORDING_FLOOR;

import io.splitio.benchmarks.Child;
import io.splitio.benchmarks.contest.Entry;
import io.splitio.benchmarks.jmh.Stage.Question;
import io.splitio.benchmarks.load.UnderLoad;
import io.splitio.benchmarks.redis.RedisSpeed;
import io.splitio.benchmarks.size.Parsing;
import io.splitio.benchmarks.size.SegmentSize;
import io.splitio.benchmarks.size.UpdateCost;
import io.splitio.benchmarks.spring.StarterStart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures everything but ready time and propagation, and writes it into a page. Arguments: the
 * page; {@code quick} for one JVM and three seconds each, or {@code full}; parts, all without any.
 * Of the other parts the page gets what was measured before.
 */
public final class Report {
  private static final Suite QUICK = new Suite(1, 3);
  private static final Suite FULL = new Suite(3, 5);
  private static final Path KEPT = Path.of("splitio-benchmarks", "target", "measured");
  private static final Map<String, Part> PARTS = parts();

  private final boolean quick;
  private final Suite suite;
  private Page page = new Page();

  private Report(boolean quick) {
    this.quick = quick;
    this.suite = quick ? QUICK : FULL;
  }

  @FunctionalInterface
  private interface Part {
    void measure(Report report) throws Exception;
  }

  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("one", Report::one);
    parts.put("peers", Report::peers);
    parts.put("rules", Report::rules);
    parts.put("threads", Report::threads);
    parts.put("many", Report::many);
    parts.put("toggle", Report::toggle);
    parts.put("segments", report -> report.process("Segments", SegmentSize.class));
    parts.put("parsing", report -> report.process("Reading 50,000 flags", Parsing.class));
    parts.put("updates", report -> report.process("An update of one flag", UpdateCost.class));
    parts.put("redis", Report::redis);
    parts.put("load", Report::load);
    parts.put("start", Report::start);
    return parts;
  }

  /** Measures and writes. */
  public static void main(String[] args) throws Exception {
    List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : all();
    Report report = new Report(args.length > 1 && args[1].equals("quick"));
    for (String name : wanted) {
      Part part = PARTS.get(name);
      if (part == null) {
        throw new IllegalArgumentException(name + " is no part; parts are " + all());
      }
      report.page = new Page();
      part.measure(report);
      report.page.keep(KEPT, name);
      Page.write(Path.of(args[0]), report.machine(), KEPT, all());
    }
    System.exit(0);
  }

  private static List<String> all() {
    return List.copyOf(PARTS.keySet());
  }

  private String machine() {
    return Page.text(
        "%s run: Java %s, %d processors, %s %s. Faster means by the CPU time of the callers.",
        quick ? "Quick" : "Full",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private void one() throws Exception {
    page.section("One flag: a rollout by halves, 1,000 flags, 10,000 keys");
    Map<Entry, Cost> costs =
        suite.contest("OneFlag.treatment", Question.ROLLOUT, 1, Entry.ofSplit());
    page.costs(costs);
    Cost ours = of(costs, OURS);
    page.faster("one flag, OPTIMIZED, beside the official SDK", "10", ours, of(costs, OFFICIAL));
    overFloor("one flag, beside the floor with recording", ours, of(costs, RECORDING_FLOOR));
    page.faster("NONE", "8", of(costs, OURS_NONE), of(costs, OFFICIAL_NONE));
    page.faster("DEBUG", "8", of(costs, OURS_DEBUG), of(costs, OFFICIAL_DEBUG));
    page.faster("localhost", "5", of(costs, OURS_LOCALHOST), of(costs, OFFICIAL_LOCALHOST));
  }

  private void peers() throws Exception {
    page.section("The same, peers of other services");
    Suite brief = quick ? new Suite(1, 2) : suite; // they only give an idea
    page.costs(brief.contest("OneFlag.treatment", Question.ROLLOUT, 1, Entry.ofOthers()));
  }

  private void overFloor(String what, Cost ours, Cost floor) {
    page.ratio(
        what,
        "at most 1.5, 24 B",
        Page.text("%.2f, %.0f B", ours.cpu() / floor.cpu(), ours.bytes()));
  }

  private void rules() throws Exception {
    page.section("Five rules: listed text, number, set, segment, rollout");
    Map<Entry, Cost> rules =
        suite.contest(
            "OneFlag.treatment", Question.RULES, 1, OURS, OFFICIAL, FLOOR, RECORDING_FLOOR);
    page.costs(rules);
    page.faster("five rules", "10", of(rules, OURS), of(rules, OFFICIAL));
    overFloor("five rules, beside the floor", of(rules, OURS), of(rules, RECORDING_FLOOR));
    page.section("A flag that does not exist");
    Map<Entry, Cost> missing =
        suite.contest("OneFlag.treatment", Question.MISSING, 1, OURS, OFFICIAL);
    page.costs(missing);
    page.faster("missing flag", "8", of(missing, OURS), of(missing, OFFICIAL));
  }

  private void threads() throws Exception {
    Map<Entry, Cost> one = suite.contest("OneFlag.treatment", Question.ROLLOUT, 1, OURS, FLOOR);
    Map<Entry, Cost> two = suite.contest("OneFlag.treatment", Question.ROLLOUT, 2, OURS, FLOOR);
    page.section("One flag, two threads");
    page.costs(two);
    page.ratio(
        "throughput of two threads beside one",
        "1.8, or 95 % of the floor's",
        Page.text("%.2f (the floor %.2f)", scale(one, two, OURS), scale(one, two, FLOOR)));
  }

  private static double scale(Map<Entry, Cost> one, Map<Entry, Cost> two, Entry entry) {
    return 2 * of(one, entry).nanos() / of(two, entry).nanos();
  }

  private void many() throws Exception {
    for (String method : new String[] {"byName", "bySet"}) {
      page.section("A hundred flags, " + (method.equals("bySet") ? "by flag set" : "by name"));
      Map<Entry, Cost> costs =
          suite.contest("ManyFlags." + method, Question.ROLLOUT, 1, OURS, OFFICIAL);
      page.costs(costs);
      Cost ours = of(costs, OURS);
      page.faster("a hundred flags, " + method, "6", ours, of(costs, OFFICIAL));
      page.ratio("the same, B a flag", "at most 100", Page.text("%.0f", ours.bytes() / 100));
    }
    page.section("An event");
    Map<Entry, Cost> track = suite.contest("Tracking.track", Question.ROLLOUT, 1, OURS, OFFICIAL);
    page.costs(track);
    page.faster("track", "4", of(track, OURS), of(track, OFFICIAL));
  }

  private void toggle() throws Exception {
    page.section("`@FeatureToggle` beside a call of the client, localhost mode");
    Map<String, Cost> costs = suite.methods("Toggles.(direct|toggled)");
    page.lines(List.of("| | ns/op | CPU ns/op | B/op |", "|---|---|---|---|"));
    costs.forEach(page::row);
    Cost direct = Objects.requireNonNull(costs.get("direct"));
    Cost toggled = Objects.requireNonNull(costs.get("toggled"));
    page.ratio(
        "`@FeatureToggle` adds",
        "at most 150 ns, 100 B",
        Page.text(
            "%.0f ns, %.0f B", toggled.cpu() - direct.cpu(), toggled.bytes() - direct.bytes()));
  }

  private void load() throws Exception {
    process("Evaluation meanwhile", UnderLoad.class, quick ? "5" : "15", quick ? "500" : "1000");
  }

  private void redis() throws Exception {
    process("Redis", RedisSpeed.class, quick ? "5" : "15", "200");
  }

  private void start() throws Exception {
    process("Start of a Spring Boot application", StarterStart.class, quick ? "5" : "15");
  }

  private void process(String title, Class<?> main, String... arguments) throws Exception {
    System.out.println("# " + title);
    page.section(title);
    try (Child child = Child.start(main.getName(), arguments)) {
      page.lines(child.lines());
    }
  }

  private static Cost of(Map<Entry, Cost> costs, Entry entry) {
    return Objects.requireNonNull(costs.get(entry));
  }
}
