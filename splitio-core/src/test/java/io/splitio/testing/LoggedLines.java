package io.splitio.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** What one logger was told while this is open. */
public final class LoggedLines implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /** Listens to a logger. */
  public LoggedLines(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
    this.level = this.logger.getLevel();
    this.logger.setLevel(Level.DEBUG);
    lines.start();
    this.logger.addAppender(lines);
  }

  /** The lines of a level. */
  public List<String> at(org.slf4j.event.Level wanted) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().toString().equals(wanted.toString()))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** The failures that were logged at a level. */
  public List<String> failuresAt(org.slf4j.event.Level wanted) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().toString().equals(wanted.toString()))
        .map(ILoggingEvent::getThrowableProxy)
        .filter(Objects::nonNull)
        .map(IThrowableProxy::getClassName)
        .toList();
  }

  /** What the failures say that were logged, and their causes. */
  public List<String> failureMessages() {
    List<String> messages = new ArrayList<>();
    for (ILoggingEvent line : List.copyOf(lines.list)) {
      IThrowableProxy failure = line.getThrowableProxy();
      while (failure != null) {
        messages.add(String.valueOf(failure.getMessage()));
        failure = failure.getCause();
      }
    }
    return messages;
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(level);
  }
}
