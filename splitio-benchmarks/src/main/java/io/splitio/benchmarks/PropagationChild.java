package io.splitio.benchmarks;

import java.util.concurrent.locks.LockSupport;

/**
 * One contestant in a JVM of its own: an application that asks for a flag all the time, and prints
 * each treatment that is not the one before, and when it was first given.
 */
final class PropagationChild {
  private static final long LOOK_AGAIN_NANOS = 20_000;

  private PropagationChild() {}

  public static void main(String[] args) throws Exception {
    CloudSdk sdk = CloudSdk.Kind.of(args[0]).ready(args[1]);
    System.out.println("ready");
    String before = "";
    while (true) {
      String treatment = sdk.treatment("user-1", "watched");
      if (!treatment.equals(before)) {
        System.out.println(treatment + " " + System.nanoTime());
        before = treatment;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
