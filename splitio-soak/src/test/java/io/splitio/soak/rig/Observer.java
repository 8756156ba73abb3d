package io.splitio.soak.rig;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Segment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * Watches what must hold at every moment: nothing is thrown, no change number goes back, no secret
 * is logged, nothing fails inside.
 */
public final class Observer implements AutoCloseable {
  private static final int MOST = 20;

  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final LongAdder changes = new LongAdder();
  private final LongAdder logged = new LongAdder();
  private final Logger logger = (Logger) LoggerFactory.getLogger("splitio");
  private final Level level = logger.getLevel();
  private final Lines lines = new Lines();
  private final String[] secrets;

  /** Watches from now on; nobody may say these secrets. */
  public Observer(String... secrets) {
    this.secrets = secrets.clone();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> complain("I1: " + thread.getName() + " died of " + failure));
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
  }

  /** Notes that something that must hold does not. */
  public void complain(String what) {
    if (complaints.size() < MOST) {
      complaints.add(what);
    }
  }

  /** What did not hold. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How many snapshots were put in force. */
  public long changes() {
    return changes.sum();
  }

  /** How many lines were logged. */
  public long logged() {
    return logged.sum();
  }

  /** Change numbers never go back (I4). */
  void changed(Snapshot before, Snapshot after) {
    changes.increment();
    if (after.flagsTill() < before.flagsTill() || after.ruleBasedTill() < before.ruleBasedTill()) {
      complain("I4: " + before.flagsTill() + " was followed by " + after.flagsTill());
    }
    for (String name : after.flagsChangedSince(before)) {
      FeatureFlag old = before.flag(name);
      FeatureFlag now = after.flag(name);
      if (old != null && now != null && now.changeNumber() < old.changeNumber()) {
        complain("I4: flag " + name + " went back from " + old.changeNumber());
      }
    }
    for (String name : after.segmentsInUse()) {
      Segment old = before.segment(name);
      Segment now = after.segment(name);
      if (old != null && (now == null || now.changeNumber() < old.changeNumber())) {
        complain("I4: segment " + name + " went back from " + old.changeNumber());
      }
    }
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(level);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  /** Looks at every line, at debug too, and keeps none. */
  private final class Lines extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent line) {
      logged.increment();
      scan(line.getFormattedMessage());
      for (IThrowableProxy cause = line.getThrowableProxy();
          cause != null;
          cause = cause.getCause()) {
        scan(String.valueOf(cause.getMessage()));
      }
      if (line.getLevel() == Level.ERROR && line.getThrowableProxy() != null) {
        complain("I11: " + line.getFormattedMessage() + line.getThrowableProxy().getMessage());
      }
    }

    private void scan(String text) {
      for (String secret : secrets) {
        if (text.contains(secret)) {
          complain("I10: a secret in a line of the log: " + text);
        }
      }
    }
  }
}
