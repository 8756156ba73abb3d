package io.splitio.spring.toggle.plan;

import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.FeatureDisabledException;
import io.splitio.spring.toggle.read.BeanNames;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;

/** One thing that can happen to a call. */
sealed interface Branch {

  /** Lets it happen; exceptions of the user's code pass unchanged. */
  @Nullable Object run(Call call, SplitResult result) throws Throwable;

  /** The method itself runs. */
  record Proceed() implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) throws Throwable {
      return call.invocation().proceed();
    }
  }

  /** Nothing runs, and there is an answer nevertheless. */
  record Answer(Supplier<@Nullable Object> value) implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) {
      return value.get();
    }
  }

  /** The call is refused. */
  record Refuse(String flag, Shape shape) implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) {
      return shape.refused(new FeatureDisabledException(flag, result));
    }
  }

  /** Another method of the same object runs, past its proxy. */
  record OnTarget(Method method, Trailing trailing) implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) throws Throwable {
      Object[] arguments = trailing.append(call.invocation().getArguments(), result);
      return AopUtils.invokeJoinpointUsingReflection(
          call.invocation().getThis(), method, arguments);
    }
  }

  /** A method of another bean runs, through its proxy. */
  record OnBean(BeanFactory beans, String bean, Method method, Trailing trailing, Dispatch dispatch)
      implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) throws Throwable {
      Object other = beans.getBean(bean);
      Object[] arguments = call.invocation().getArguments();
      return dispatch.send(
          arguments, new Dispatch.Instead(other, method, trailing.append(arguments, result)));
    }
  }

  /** A bean was named, and the call is on that very bean: its own method runs. */
  record UnlessSame(BeanNames names, String bean, Branch own, Branch other) implements Branch {
    @Override
    public @Nullable Object run(Call call, SplitResult result) throws Throwable {
      return (names.same(bean, call.beanName()) ? own : other).run(call, result);
    }
  }
}
