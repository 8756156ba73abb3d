package io.splitio.official;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way in which this SDK is meant to send something else than the official Java SDK 4.18.2: makes
 * of what the official one sent what is to be sent here.
 */
enum Difference {
  /** Everything was loaded a moment ago; the first poll comes a period later (protocol 5). */
  POLLS_A_PERIOD_LATER(lines -> without(lines, "GET /api/s(plit|egment)Changes.*(?<!no-cache)")),

  /** Other defaults, and the events' period in seconds as the others (decision 14, 10.1). */
  REPORTS_OTHER_DEFAULTS(
      lines ->
          each(
              each(each(lines, "eQ:500,", "eQ:10000,"), "iQ:30000,(?=.*uO:)", "iQ:10000,"),
              "rR:\\{ev:30000,(.*)te:600}",
              "rR:{ev:10,$1te:3600}")),

  /** NONE has a number of its own (10.1). */
  TELLS_MODE_NONE(lines -> each(each(lines, "iM:1,", "iM:2,"), "im:-1,", "im:300,")),

  /** A start that failed begins with the flags again, as they may have changed (4.1). */
  BEGINS_A_START_WITH_FLAGS(lines -> inserted(lines, 3, lines.get(1))),

  /** 304 means that nothing changed (2.13). */
  TAKES_304_FOR_NO_CHANGE(
      lines -> {
        List<String> kept = new ArrayList<>(lines.subList(0, 1));
        kept.add(lines.get(lines.size() - 1));
        return kept;
      }),

  /** A kill is fetched once, and not looked for among the rule-based segments (6.7). */
  FETCHES_A_KILL_ONCE(lines -> lines.subList(0, 2)),

  /** What was just announced is asked for past caches (1.4). */
  PASSES_CACHES_FOR_NEW_SEGMENTS(
      lines -> each(lines, "(GET /api/segmentChanges/[^ ]*)$", "$1 no-cache")),

  /** When streaming ends, everything is fetched once past caches before it is polled for (7.2). */
  CATCHES_UP_PAST_CACHES(Difference::caughtUp),

  /** What is null is left out (8.6). */
  LEAVES_OUT_NULLS(
      lines -> each(lines, "(b|properties|pt|r):null,|,(b|properties|pt|r):null(?=})", "")),

  /** Properties that are empty are none (9.1). */
  LEAVES_OUT_EMPTY_PROPERTIES(lines -> each(lines, "properties:\\{},", "")),

  /** The documented member is mL (10.2). */
  NAMES_LATENCIES_AS_DOCUMENTED(lines -> each(lines, "ml:\\{", "mL:{")),

  /** What holds nothing is left out of maps (10.2). */
  LEAVES_OUT_EMPTY_FIGURES(
      lines ->
          each(
              each(
                  each(
                      each(lines, "(?<=[{,])(ev|ic|im|se|sp|te|to):\\{},?", ""),
                      "(?<=[{,])t(s|c|cs|f|fs|cf|cfs|r)?:(SUM)?0,?",
                      ""),
                  "(?<=[{,])(ev|ic|im|se|sp|te|to):SUM0,?",
                  ""),
              ",(?=})",
              "")),

  /** Only what was measured: no request that was not made, and no streaming where there is none. */
  COUNTS_NO_FIRST_POLL(
      lines -> each(each(lines, "(s[ep]):SUM3", "$1:SUM2"), "sE:\\[\\{d:1,e:70,t:TIME}]", "sE:[]")),

  /** How long the instance existed, and what it held, are told before they are forgotten (12.1). */
  REPORTS_THE_END(lines -> each(each(lines, "sL:0,", "sL:N,"), "spC:0,", "spC:1,")),

  /** A call about a flag that does not exist takes its time, too. */
  TIMES_EVERY_CALL(lines -> each(lines, "mL:\\{t:SUM3}", "mL:{t:SUM4}")),

  /** JSON is UTF-8; a charset adds nothing (1.3). */
  NAMES_NO_CHARSET(lines -> each(lines, "; charset=UTF-8", "")),

  /** The stream is asked for by its type (6.3). */
  ACCEPTS_EVENTS(
      lines ->
          inserted(
              lines,
              lines.indexOf("STREAM splitsdkclientkey: wxyz"),
              "STREAM accept: text/event-stream")),

  /** Headers that say nothing are left out (1.3). */
  LEAVES_OUT_EMPTY_HEADERS(lines -> without(lines, ".*: "));

  private final UnaryOperator<List<String>> made;

  @SuppressWarnings("ImmutableEnumChecker") // functions that capture nothing
  Difference(UnaryOperator<List<String>> made) {
    this.made = made;
  }

  List<String> of(List<String> official) {
    return made.apply(official);
  }

  private static List<String> without(List<String> lines, String pattern) {
    return lines.stream().filter(line -> !line.matches(pattern)).toList();
  }

  private static List<String> each(List<String> lines, String pattern, String replacement) {
    return lines.stream().map(line -> line.replaceAll(pattern, replacement)).toList();
  }

  private static List<String> inserted(List<String> lines, int at, String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(at, line);
    return more;
  }

  /** The first poll for flags and for segments, past caches and in that order. */
  private static List<String> caughtUp(List<String> lines) {
    List<String> rest = new ArrayList<>(lines);
    int at = lines.size();
    List<String> first = new ArrayList<>();
    for (String kind : List.of("GET /api/splitChanges", "GET /api/segmentChanges")) {
      for (String line : lines) {
        if (line.startsWith(kind) && !line.endsWith("no-cache")) {
          at = Math.min(at, lines.indexOf(line));
          rest.remove(line);
          first.add(line + " no-cache");
          break;
        }
      }
    }
    rest.addAll(Math.min(at, rest.size()), first);
    return rest;
  }
}
