package io.splitio.engine;

/** Tells what may be answered with control from what must not be held up. */
public final class Failures {
  private Failures() {}

  /**
   * Throws on what leaves the virtual machine or the thread unusable; everything else the caller
   * answers for.
   */
  public static void rethrowIfFatal(Throwable cause) {
    if (cause instanceof OutOfMemoryError || cause instanceof InternalError) {
      throw (Error) cause;
    }
    if (cause
        .getClass()
        .getName()
        .equals("java.lang.ThreadDeath")) { // the class is deprecated for removal
      throw (Error) cause;
    }
  }
}
