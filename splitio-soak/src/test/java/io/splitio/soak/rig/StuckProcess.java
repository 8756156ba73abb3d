package io.splitio.soak.rig;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A JVM with an instance that has something to deliver, and no one to deliver it to. */
public final class StuckProcess implements AutoCloseable {
  /** How long an end may take. */
  public static final Duration SHUTDOWN = Duration.ofSeconds(1);

  private static final int QUEUE = 1_000;
  private static final String READY = "ready";

  private final Process process;
  private final End end;
  private final BufferedReader output;

  /** How a process ends. */
  public enum End {
    /** By SIGTERM. */
    SIGTERM,
    /** By itself, with {@code System.exit}. */
    EXIT,
    /** By itself, when its last thread that is no daemon ends. */
    RETURN
  }

  private StuckProcess(Process process, End end) {
    this.process = process;
    this.end = end;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts one that uses the service at this address. */
  public static StuckProcess start(String address, End end) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StuckProcess.class.getName(),
            address,
            end.name());
    return new StuckProcess(builder.redirectErrorStream(true).start(), end);
  }

  /** Waits until it has something to deliver. */
  public void awaitReady() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(READY)) {
        return;
      }
    }
    throw new IllegalStateException("the process ended before it was ready");
  }

  /** Lets it end, and says how many milliseconds that took. */
  public long end() throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (end == End.SIGTERM) {
      process.destroy();
    } else {
      process.getOutputStream().close();
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end by " + end);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What is served to it. */
  public static void populate(SplitCloud cloud) {
    cloud.segment("beta").add("u0");
    cloud.flags().put(Flag.named("f").inSegment("beta", "on").otherwise("on"));
  }

  /** An instance like the one in the process. */
  public static SplitFactory instance(
      String address, boolean polling, boolean stuckListener, boolean small) {
    SplitConnector connector =
        SplitConnector.sdkKey(Rig.KEY)
            .endpoint(URI.create(address))
            .http(http -> http.withoutEnvironmentProxy());
    SplitConfig config =
        SplitConfig.defaults()
            .withShutdownTimeout(SHUTDOWN)
            .withImpressionMode(ImpressionMode.DEBUG)
            .withImpressionsQueueSize(QUEUE)
            .withEventsQueueSize(QUEUE);
    if (stuckListener) {
      config = config.withImpressionListener(impression -> never());
    }
    if (small) {
      config = config.withImpressionListenerQueueSize(10);
    }
    return SplitFactory.create(polling ? connector.withoutStreaming() : connector, config);
  }

  private static void never() {
    boolean interrupted = true;
    while (interrupted) {
      try {
        new CountDownLatch(1).await();
        interrupted = false;
      } catch (InterruptedException e) {
        interrupted = true; // a listener of the worst kind
      }
    }
  }

  /** Gives an instance so much to deliver of each kind. */
  public static void use(SplitFactory factory, int items) {
    for (int i = 0; i < items; i++) {
      factory.client().getTreatment("u" + i, "f");
      factory.client().track("u" + i, "user", "bought");
    }
  }

  /** The process: an address, and how it ends. */
  public static void main(String... arguments) throws Exception {
    SplitFactory factory = instance(arguments[0], false, false, false);
    factory.ready().get(30, TimeUnit.SECONDS);
    use(factory, 500);
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // until the other end closes it
    }
    if (End.valueOf(arguments[1]) == End.EXIT) {
      System.exit(0);
    }
  }
}
