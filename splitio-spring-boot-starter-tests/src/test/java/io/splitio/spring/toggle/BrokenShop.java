package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.toggle.read.InvalidToggleException;
import java.util.Objects;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

/** An application with an annotation that cannot work. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
record BrokenShop(ApplicationContextRunner runner) {

  /** Gives annotations a bean to name, and suggestions something to find. */
  static class Hider {
    private String payOld() {
      return "old";
    }
  }

  static BrokenShop of(Class<?>... broken) {
    return new BrokenShop(Shop.with(broken).withInitializer(Shop.registering(Hider.class)));
  }

  /** With classes of this loader. */
  BrokenShop loadedBy(ClassLoader loader) {
    return new BrokenShop(runner.withClassLoader(loader));
  }

  /** It does not start, and the message holds these words. */
  void saysWhy(CharSequence... words) {
    runner.run(
        context ->
            assertThat(cause(context))
                .isInstanceOf(InvalidToggleException.class)
                .hasMessageContainingAll(words));
  }

  static Throwable cause(AssertableApplicationContext context) {
    Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "it started");
    return NestedExceptionUtils.getMostSpecificCause(failure);
  }
}
