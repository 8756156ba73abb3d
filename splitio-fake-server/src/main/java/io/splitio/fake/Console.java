package io.splitio.fake;

import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.fake.json.Json;
import io.splitio.fake.stream.Inline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Commands for a server that runs as a process, on its standard input or posted to {@code
 * /control}, one line each, answered by one line of JSON:
 *
 * <pre>
 * flag {json}                 create or replace a flag
 * flag name treatment         create or replace a flag that gives everybody one treatment
 * kill name treatment
 * archive name
 * rbs {json}                  create or replace a rule-based segment
 * rbs name key...             create or replace a rule-based segment of these keys
 * segment name +key -key...   let keys enter and leave
 * streaming pause|resume|disable|enable|drop|reset
 * inline none|plain|gzip|zlib
 * fault endpoint status       every request for an endpoint is answered with this status
 * fault clear                 nothing fails any more
 * written                     the notification that was written last, and when (System.nanoTime)
 * received                    how much arrived of everything
 * requests                    how many requests there were for each endpoint
 * soon command                obey it 5 ms later, when this answer is out of the way; what comes of
 *                             it is told on standard error where it fails
 * </pre>
 */
final class Console {
  static final String PROBLEM = "{\"error\":";

  private static final long SOON_NANOS = 5_000_000;

  private final SplitCloud cloud;

  Console(SplitCloud cloud) {
    this.cloud = cloud;
  }

  /** Obeys one command. */
  String answer(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    try {
      return obey(words[0], rest);
    } catch (IllegalArgumentException e) {
      return problem(e.getMessage() + "");
    }
  }

  private String obey(String command, String rest) {
    List<String> words = List.of(rest.split("\\s+"));
    return switch (command) {
      case "flag" -> number(rest.startsWith("{") ? cloud.flags().put(rest) : flag(words));
      case "kill" -> number(cloud.flags().kill(words.get(0), second(words)));
      case "archive" -> number(cloud.flags().archive(rest));
      case "rbs" ->
          number(rest.startsWith("{") ? cloud.ruleBasedSegments().put(rest) : rule(words));
      case "segment" -> number(segment(words));
      case "streaming" -> streaming(rest);
      case "inline" -> inline(rest);
      case "fault" -> fault(words);
      case "written" -> written();
      case "received" -> received();
      case "requests" -> requests();
      case "soon" -> soon(rest);
      default -> problem("unknown command " + command);
    };
  }

  private String soon(String command) {
    Thread thread =
        new Thread(
            () -> {
              LockSupport.parkNanos(SOON_NANOS);
              complain(command, answer(command));
            },
            "splitio-fake-soon");
    thread.setDaemon(true);
    thread.start();
    return "{}";
  }

  private static void complain(String command, String answer) {
    if (answer.startsWith(PROBLEM)) {
      System.err.println("soon " + command + ": " + answer);
    }
  }

  private long flag(List<String> words) {
    return cloud.flags().put(Flag.named(words.get(0)).otherwise(second(words)));
  }

  private long rule(List<String> words) {
    String[] keys = words.subList(1, words.size()).toArray(String[]::new);
    return cloud.ruleBasedSegments().put(RuleBasedSegment.named(words.get(0)).keys(keys));
  }

  private long segment(List<String> words) {
    var segment = cloud.segment(words.get(0));
    for (String word : words.subList(1, words.size())) {
      if (word.startsWith("-")) {
        segment.remove(word.substring(1));
      } else {
        segment.add(word.startsWith("+") ? word.substring(1) : word);
      }
    }
    return segment.changeNumber();
  }

  private String streaming(String what) {
    switch (what) {
      case "pause" -> cloud.streaming().pause();
      case "resume" -> cloud.streaming().resume();
      case "disable" -> cloud.streaming().disable();
      case "enable" -> cloud.streaming().enable();
      case "drop" -> cloud.streaming().drop();
      case "reset" -> cloud.streaming().reset();
      default -> throw new IllegalArgumentException("unknown to streaming: " + what);
    }
    return Json.write(Map.of("streams", cloud.streaming().connections()));
  }

  private String inline(String how) {
    Inline inline = Inline.valueOf(how.toUpperCase(Locale.ROOT));
    cloud.streaming().inline(inline);
    return Json.write(Map.of("inline", inline.name()));
  }

  private String fault(List<String> words) {
    if (words.get(0).equals("clear")) {
      cloud.faults().clear();
      return "{}";
    }
    Endpoint endpoint = Endpoint.valueOf(words.get(0).toUpperCase(Locale.ROOT));
    cloud.faults().always(endpoint, Fault.status(Integer.parseInt(second(words))));
    return Json.write(Map.of("fault", endpoint.name()));
  }

  private String written() {
    return cloud
        .streaming()
        .lastWritten()
        .map(
            written ->
                Json.write(
                    Map.of(
                        "type", written.type(),
                        "changeNumber", written.changeNumber(),
                        "nanoTime", written.nanoTime())))
        .orElse("{}");
  }

  private String received() {
    Received all = cloud.received();
    return Json.write(
        Map.of(
            "impressions", all.impressions().total(),
            "impressionCounts", all.impressionCounts().total(),
            "uniqueKeys", all.uniqueKeys().total(),
            "events", all.events().total(),
            "telemetryConfig", all.telemetryConfig().total(),
            "telemetryUsage", all.telemetryUsage().total(),
            "streams", cloud.streaming().connections()));
  }

  private String requests() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Endpoint endpoint : Endpoint.values()) {
      counts.put(endpoint.name(), cloud.requests().of(endpoint).size());
    }
    return Json.write(counts);
  }

  private static String second(List<String> words) {
    if (words.size() < 2) {
      throw new IllegalArgumentException("two words are needed, such as a name and a treatment");
    }
    return words.get(1);
  }

  private static String number(long changeNumber) {
    return Json.write(Map.of("changeNumber", changeNumber));
  }

  private static String problem(String message) {
    return Json.write(Map.of("error", message));
  }
}
