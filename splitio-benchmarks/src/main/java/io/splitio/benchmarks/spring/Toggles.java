package io.splitio.benchmarks.spring;

import io.splitio.benchmarks.contest.Contest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.ConfigurableApplicationContext;

/** A method that a flag decides, by an annotation and by a call of the client. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls open first
public class Toggles {
  private ConfigurableApplicationContext context;
  private Shop shop;
  private String[] keys;
  private int at;

  /** Starts an application with flags from a file. */
  @Setup
  public void open() throws Exception {
    Path flags = Files.createTempFile("flags", ".yaml");
    flags.toFile().deleteOnExit();
    Files.writeString(flags, "- flag-1:\n    treatment: \"on\"\n");
    context = Application.withStarter(flags);
    shop = context.getBean(Shop.class);
    keys = Contest.keys().toArray(String[]::new);
  }

  /** Ends it. */
  @TearDown
  public void close() {
    context.close();
  }

  private String next() {
    at = at + 1 == keys.length ? 0 : at + 1;
    return keys[at];
  }

  /** The client is asked in the method. */
  @Benchmark
  public @Nullable String direct() {
    return shop.direct(next());
  }

  /** The annotation asks. */
  @Benchmark
  public @Nullable String toggled() {
    return shop.toggled(next());
  }
}
