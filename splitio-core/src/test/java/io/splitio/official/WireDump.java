package io.splitio.official;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.*;
import java.util.concurrent.*;
import org.slf4j.LoggerFactory;

final class WireDump {
  public static void main(String[] args) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    ExecutorService pool = Executors.newFixedThreadPool(12);
    Map<String, Future<List<String>>> done = new LinkedHashMap<>();
    Scenarios.all()
        .forEach(
            (name, act) -> {
              if (args.length > 0 && !name.matches(args[0])) return;
              done.put(name + " own", pool.submit(() -> run(new Stage(Driven.Setup::own), act)));
              done.put(
                  name + " official",
                  pool.submit(() -> run(new Stage(Driven.Setup::official), act)));
            });
    long t = System.nanoTime();
    for (var e : done.entrySet()) {
      System.out.println("=== " + e.getKey());
      try {
        e.getValue().get().forEach(l -> System.out.println("   " + l));
      } catch (Exception x) {
        System.out.println("   !!! " + x);
      }
    }
    System.out.println((System.nanoTime() - t) / 1_000_000 + " ms");
    System.exit(0);
  }

  static List<String> run(Stage stage, java.util.function.Consumer<Stage> act) {
    try (stage) {
      act.accept(stage);
      return stage.sent();
    }
  }
}
