package io.splitio.benchmarks.jmh;

import io.splitio.benchmarks.contest.Contest;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whose turn it is: each thread goes through the keys from another one on. */
@State(Scope.Thread)
public class Turn {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private static final int FEW = 100;

  private int at = THREADS.getAndIncrement() * Contest.KEYS / 3 % Contest.KEYS;

  int next() {
    int next = at + 1;
    at = next == Contest.KEYS ? 0 : next;
    return at;
  }

  /** One of so few keys that a hundred flags for each are seen before soon. */
  int nextOfFew() {
    return next() % FEW;
  }
}
