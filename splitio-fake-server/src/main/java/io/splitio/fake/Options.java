package io.splitio.fake;

import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a server that runs as a process.
 *
 * @param port 0 takes any free one
 * @param population what there is at the start
 */
record Options(int port, Population population) {
  /**
   * Reads {@code --port}, {@code --flags}, {@code --segments} and {@code --segment-size}, each
   * followed by a number and 0 without it.
   *
   * @throws IllegalArgumentException if there is anything else
   */
  static Options parse(String... arguments) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (String name : new String[] {"--flags", "--port", "--segment-size", "--segments"}) {
      numbers.put(name, 0);
    }
    for (int place = 0; place < arguments.length; place += 2) {
      String name = arguments[place];
      if (!numbers.containsKey(name)) {
        throw new IllegalArgumentException(
            name + " is not an option; options are " + numbers.keySet());
      }
      numbers.put(name, number(name, arguments, place + 1));
    }
    return of(numbers);
  }

  private static Options of(Map<String, Integer> numbers) {
    Population population =
        new Population(
            numbers.getOrDefault("--flags", 0),
            numbers.getOrDefault("--segments", 0),
            numbers.getOrDefault("--segment-size", 0));
    return new Options(numbers.getOrDefault("--port", 0), population);
  }

  private static int number(String name, String[] arguments, int place) {
    String text = place < arguments.length ? arguments[place] : "missing";
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the value of " + name + " is " + text + "; it must be a whole number", e);
    }
  }
}
