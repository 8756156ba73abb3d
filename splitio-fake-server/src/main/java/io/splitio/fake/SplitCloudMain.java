package io.splitio.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs a {@link SplitCloud} as a process: {@code java -jar splitio-fake-server.jar --port 0 --flags
 * 5000 --segments 20 --segment-size 50000}, all options being optional. It prints its address, then
 * obeys the commands of {@link Console} on its standard input, or posted to {@code /control}, and
 * ends with its standard input.
 */
public final class SplitCloudMain {
  private SplitCloudMain() {}

  /**
   * The options are {@code --port}, {@code --flags}, {@code --segments}, {@code --segment-size}.
   */
  public static void main(String[] args) throws IOException {
    Options options = Options.parse(args);
    try (SplitCloud cloud = SplitCloud.start(options.port());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      options.population().settleIn(cloud);
      System.out.println(cloud.url());
      Console console = new Console(cloud);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(console.answer(line));
      }
    }
  }
}
