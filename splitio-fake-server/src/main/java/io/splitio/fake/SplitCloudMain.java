package io.splitio.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs a {@link SplitCloud} as a process: {@code java -jar splitio-fake-server.jar [port]}. It
 * prints its address, then obeys the commands of {@link Console} on its standard input and ends
 * with it.
 */
public final class SplitCloudMain {
  private SplitCloudMain() {}

  /** The port is optional; any free one is taken without it. */
  public static void main(String[] args) throws IOException {
    try (SplitCloud cloud = SplitCloud.start(args.length == 0 ? 0 : Integer.parseInt(args[0]));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(cloud.url());
      Console console = new Console(cloud);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(console.answer(line));
      }
    }
  }
}
