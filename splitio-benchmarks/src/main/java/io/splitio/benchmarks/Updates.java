package io.splitio.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one flag again and again, and tells how long each change took to a contestant. {@code
 * System.nanoTime()} reads one clock in all processes of a machine, on Linux.
 */
final class Updates {
  private static final Pattern WRITTEN = Pattern.compile("\"nanoTime\":(-?\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\"changeNumber\":(\\d+)");
  private static final int WARM_UPS = 500;
  private static final long PAUSE_NANOS = 12_000_000;
  private static final double NANOS = 1e6;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Child child;

  /**
   * Nothing changed yet.
   *
   * @param url of the server
   * @param child a {@link PropagationChild}
   */
  Updates(String url, Child child) {
    this.url = url;
    this.child = child;
  }

  /** The milliseconds of each of so many updates, with definitions in notifications or without. */
  double[] measure(String inline, int count) throws Exception {
    if (!child.line().equals("ready")) {
      throw new IllegalStateException("the contestant is not ready");
    }
    command("inline " + inline);
    awaitStream();
    double[] times = new double[count];
    for (int turn = -WARM_UPS; turn < count; turn++) {
      LockSupport.parkNanos(PAUSE_NANOS); // more than a hundred in a second would be a flood
      double time = update("t" + turn);
      if (turn >= 0) {
        times[turn] = time;
      }
    }
    return times;
  }

  /** Only a stream brings an update within a second, as polling takes 30 s at the least. */
  private void awaitStream() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    for (int turn = 0; deadline - System.nanoTime() > 0; turn++) {
      String treatment = "probe" + turn;
      long before = System.nanoTime();
      String unused = command("flag watched " + treatment);
      if (seen(treatment) - before < TimeUnit.SECONDS.toNanos(1)) {
        return;
      }
    }
    throw new TimeoutException("the stream was not up within four minutes");
  }

  /**
   * The server writes when nobody here has anything to do any more, lest it wait for a processor.
   */
  private double update(String treatment) throws Exception {
    String before = group(NUMBER, command("written"));
    String unused = command("soon flag watched " + treatment);
    long seen = seen(treatment);
    return Math.max(0, seen - writtenAfter(before)) / NANOS;
  }

  private long seen(String treatment) throws IOException {
    while (true) {
      String[] words = child.line().split(" ", 2);
      if (words[0].equals(treatment)) {
        return Long.parseLong(words[1]);
      }
    }
  }

  /** When the server wrote the next notification; a fetch may bring its flag before. */
  private long writtenAfter(String before) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    String written = command("written");
    while (before.equals(group(NUMBER, written))) {
      if (deadline - System.nanoTime() < 0) {
        throw new TimeoutException("no update was written within 10 s after " + before);
      }
      written = command("written");
    }
    return Long.parseLong(group(WRITTEN, written));
  }

  private String command(String line) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/control"))
            .POST(HttpRequest.BodyPublishers.ofString(line))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the server said " + text);
    }
    return matcher.group(1);
  }
}
