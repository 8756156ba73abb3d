package io.splitio.spring.toggle.ask;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.read.Problem;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.expression.EvaluationException;

/** What is asked of the client at each call. Whatever goes wrong, the answer is control. */
public final class Question {
  private static final Logger LOG = LoggerFactory.getLogger("splitio.toggle");
  private static final SplitResult CONTROL = new SplitResult(Evaluation.CONTROL, null);

  private final String flag;
  private final Supplier<@Nullable SplitClient> client;
  private final ToggleKey key;
  private final ToggleAttributes attributes;
  private final String method;
  private final AtomicBoolean warned = new AtomicBoolean();

  Question(
      String flag,
      Supplier<@Nullable SplitClient> client,
      ToggleKey key,
      ToggleAttributes attributes,
      String method) {
    this.flag = flag;
    this.client = client;
    this.key = key;
    this.attributes = attributes;
    this.method = method;
  }

  /** The flag that is asked. */
  public String flag() {
    return flag;
  }

  /** Asks for one call; never throws what the SDK, an expression or a getter throws. */
  public SplitResult ask(Object[] arguments) {
    try {
      SplitClient asked = client.get();
      if (asked == null) {
        return unanswered("there is no SplitClient bean");
      }
      Key asking = key.of(arguments);
      if (asking == null) {
        return noKey();
      }
      return asked.evaluate(asking, flag, attributes.of(arguments)).result();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return failed(e);
    }
  }

  private SplitResult noKey() {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "{} was called without a key for flag '{}', and splitio.toggle.default-key is not set."
              + " Such calls are treated as control; this is said once.",
          method,
          flag);
    }
    return CONTROL;
  }

  private SplitResult failed(Throwable e) {
    LOG.debug("flag '{}' could not be evaluated for {}", flag, method, e);
    return unanswered(reason(e));
  }

  /** Warns once; from then on nothing is thrown, logged or looked up for such a call. */
  SplitResult unanswered(@Nullable String reason) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "flag '{}' could not be evaluated for {} ({}). Such calls are treated as control; this"
              + " is said once.",
          flag,
          method,
          reason);
    }
    return CONTROL;
  }

  /** Other messages may hold a user's data. */
  private static @Nullable String reason(Throwable e) {
    return e instanceof EvaluationException || e instanceof Problem || e instanceof BeansException
        ? e.getMessage()
        : e.getClass().getName();
  }
}
