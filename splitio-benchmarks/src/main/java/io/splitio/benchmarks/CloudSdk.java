package io.splitio.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An SDK, made ready against a Split cloud. */
interface CloudSdk extends AutoCloseable {

  /** The treatment of a flag for a key. */
  String treatment(String key, String flag);

  @Override
  void close();

  /** The contestants. */
  enum Kind {
    /** This SDK. */
    OURS("splitio for the JVM", ThisSdk::ready),
    /** The official Java SDK. */
    OFFICIAL("official Split Java SDK 4.18.2", OfficialSdk::ready),
    /** No SDK: what downloading and tokenizing the same documents takes. */
    FLOOR("download and tokenize", Floor::ready);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a function that captures nothing
    private final Start start;

    Kind(String title, Start start) {
      this.title = title;
      this.start = start;
    }

    String title() {
      return title;
    }

    /** Starts it, and waits until it is ready. */
    CloudSdk ready(String url) throws Exception {
      return start.ready(url);
    }

    static Kind of(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + names()));
    }

    private static String names() {
      return Arrays.stream(values()).map(Kind::name).collect(Collectors.joining(", "));
    }
  }

  /** How one is started. */
  @FunctionalInterface
  interface Start {
    CloudSdk ready(String url) throws Exception;
  }
}
