package io.splitio.engine;

/** Tells what may be answered with control from what must not be held up. */
public final class Failures {
  private Failures() {}

  /**
   * Throws on what leaves the virtual machine or the thread unusable; everything else the caller
   * answers for.
   */
  public static void rethrowIfFatal(Throwable cause) {
    boolean isThreadDeath = // by name, because the class is deprecated for removal
        cause.getClass().getName().equals("java.lang.ThreadDeath");
    if (isThreadDeath || cause instanceof OutOfMemoryError) {
      throw (Error) cause;
    }
  }
}
