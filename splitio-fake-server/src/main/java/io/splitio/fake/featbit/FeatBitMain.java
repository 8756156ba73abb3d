package io.splitio.fake.featbit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a {@link FeatBitServer} as a process: {@code java -cp splitio-fake-server.jar
 * io.splitio.fake.featbit.FeatBitMain --port 0 --secret SECRET}. It prints its address, then obeys
 * the commands of {@link FeatBitConsole} on its standard input, or posted to {@code /control}, and
 * ends with its standard input.
 */
public final class FeatBitMain {
  private static final String PORT = "--port";
  private static final String SECRET = "--secret";

  private FeatBitMain() {}

  /** The options are {@code --port}, which may be left out, and {@code --secret}. */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = options(args);
    int port = Integer.parseInt(options.getOrDefault(PORT, "0"));
    try (FeatBitServer server = FeatBitServer.start(port, options.getOrDefault(SECRET, ""));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(server.events());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(server.obey(line));
      }
    }
  }

  /**
   * Reads options, each followed by its value.
   *
   * @throws IllegalArgumentException if there is anything else, or no secret
   */
  static Map<String, String> options(String... arguments) {
    Map<String, String> options = new TreeMap<>();
    for (int place = 0; place < arguments.length; place += 2) {
      String name = arguments[place];
      if (!name.equals(PORT) && !name.equals(SECRET)) {
        throw new IllegalArgumentException(name + " is not an option; they are --port, --secret");
      }
      if (place + 1 == arguments.length) {
        throw new IllegalArgumentException("the value of " + name + " is missing");
      }
      options.put(name, arguments[place + 1]);
    }
    if (!options.containsKey(SECRET)) {
      throw new IllegalArgumentException("--secret is missing; say the secret clients will show");
    }
    return options;
  }
}
