package io.splitio.backend.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes every command that a server is given, by anybody, in order. */
final class Monitor implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final TestRedis redis;
  private final RedisCli notes;

  private Monitor(TestRedis redis) {
    this.redis = redis;
    this.notes = redis.cli();
    notes.say("MONITOR");
  }

  static Monitor of(TestRedis redis) {
    return new Monitor(redis);
  }

  /** What the server was given since the last time, each command with its arguments. */
  List<List<String>> commands() {
    String mark = UUID.randomUUID().toString();
    redis.say("ECHO " + mark);
    List<List<String>> commands = new ArrayList<>();
    for (List<String> words = next(); !words.contains(mark); words = next()) {
      commands.add(words);
    }
    return commands;
  }

  private List<String> next() {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher((String) notes.reply());
    while (word.find()) {
      words.add(words.isEmpty() ? word.group(1).toUpperCase(Locale.ROOT) : word.group(1));
    }
    return words;
  }

  @Override
  public void close() {
    notes.close();
  }
}
