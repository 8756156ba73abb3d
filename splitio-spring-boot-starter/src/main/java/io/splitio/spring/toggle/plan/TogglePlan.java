package io.splitio.spring.toggle.plan;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.ask.Question;
import java.util.Map;
import java.util.Set;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** What happens to the calls of one method: everything that can be known before the first call. */
public final class TogglePlan {
  private final Question question;
  private final Shape shape;
  private final Set<String> on;
  private final Branches branches;
  private final @Nullable Dispatch dispatch;

  TogglePlan(
      Question question,
      Shape shape,
      Set<String> on,
      Branches branches,
      @Nullable Dispatch dispatch) {
    this.question = question;
    this.shape = shape;
    this.on = Set.copyOf(on);
    this.branches = branches;
    this.dispatch = dispatch;
  }

  /**
   * What can happen.
   *
   * @param variants by treatment
   * @param on for the treatments that mean enabled
   * @param control for no decision
   * @param off for all other treatments
   */
  record Branches(Map<String, Branch> variants, Branch on, Branch control, Branch off) {
    Branches {
      variants = Map.copyOf(variants);
    }
  }

  /** Decides one call of the method on the named bean, and lets it happen. */
  public @Nullable Object run(MethodInvocation invocation, @Nullable String beanName)
      throws Throwable {
    Call call = new Call((ProxyMethodInvocation) invocation, beanName);
    return dispatch == null
        ? shape.run(this, call)
        : dispatch.receive(
            invocation.getArguments(), invocation::proceed, () -> shape.run(this, call));
  }

  @Nullable Object decide(Call call) throws Throwable {
    SplitResult result = question.ask(call.invocation().getArguments());
    return choose(result.treatment()).run(call, result);
  }

  private Branch choose(String treatment) {
    Branch variant = branches.variants().get(treatment);
    if (variant != null) {
      return variant;
    }
    if (on.contains(treatment)) {
      return branches.on();
    }
    return treatment.equals(Evaluation.CONTROL) ? branches.control() : branches.off();
  }
}
