package io.splitio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task when the JVM ends, unless it is removed before, so that nothing keeps the instance
 * alive.
 */
final class ShutdownHook {
  private static final Logger log = LoggerFactory.getLogger("splitio");

  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  static ShutdownHook install(Runnable task) {
    ShutdownHook hook = new ShutdownHook(new Thread(task, "splitio-shutdown"));
    try {
      Runtime.getRuntime().addShutdownHook(hook.thread);
    } catch (IllegalStateException ending) {
      log.debug("The JVM is ending already; no shutdown hook", ending);
    }
    return hook;
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      log.debug("The JVM is ending; its hooks run", ending);
    }
  }
}
