package io.splitio.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One contestant in a JVM of its own: prints the milliseconds of each update. {@code
 * System.nanoTime()} reads one clock in all processes of a machine, on Linux.
 */
final class PropagationChild {
  private static final Pattern WRITTEN =
      Pattern.compile("\"changeNumber\":(\\d+).*\"nanoTime\":(-?\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\"changeNumber\":(\\d+)");
  private static final int WARM_UPS = 300;
  private static final long LOOK_AGAIN_NANOS = 20_000;
  private static final double NANOS = 1e6;

  private final HttpClient http = HttpClient.newHttpClient();
  private final CloudSdk sdk;
  private final String url;

  private PropagationChild(CloudSdk sdk, String url) {
    this.sdk = sdk;
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    PropagationChild child =
        new PropagationChild(CloudSdk.Kind.of(args[0]).ready(args[1]), args[1]);
    child.command("inline " + args[2]);
    child.awaitStream();
    StringJoiner times = new StringJoiner(" ");
    for (int turn = -WARM_UPS; turn < Integer.parseInt(args[3]); turn++) {
      double time = child.update("t" + turn);
      if (turn >= 0) {
        times.add("" + time);
      }
    }
    System.out.println(times);
    System.exit(0);
  }

  /** Only a stream brings an update within a second, as polling takes 30 s at the least. */
  private void awaitStream() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int turn = 0; deadline - System.nanoTime() > 0; turn++) {
      String treatment = "probe" + turn;
      command("flag watched " + treatment);
      if (seen(treatment, TimeUnit.MILLISECONDS.toNanos(500)) != 0) {
        return;
      }
    }
    throw new TimeoutException("the stream was not up within 60 s");
  }

  private double update(String treatment) throws Exception {
    String number = group(NUMBER, command("flag watched " + treatment), 1);
    long seen = seen(treatment, TimeUnit.SECONDS.toNanos(60));
    String written = command("written");
    if (seen == 0 || !number.equals(group(WRITTEN, written, 1))) {
      throw new TimeoutException("update " + number + " was not seen: " + written);
    }
    return (seen - Long.parseLong(group(WRITTEN, written, 2))) / NANOS;
  }

  /** When the treatment was first seen, or 0 when that took too long. */
  private long seen(String treatment, long patience) {
    long start = System.nanoTime();
    while (!sdk.treatment("user-1", "watched").equals(treatment)) {
      if (System.nanoTime() - start > patience) {
        return 0;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return System.nanoTime();
  }

  private String command(String line) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/control"))
            .POST(HttpRequest.BodyPublishers.ofString(line))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static String group(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the server said " + text);
    }
    return matcher.group(group);
  }
}
