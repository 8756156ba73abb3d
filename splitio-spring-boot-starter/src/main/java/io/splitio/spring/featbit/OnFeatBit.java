package io.splitio.spring.featbit;

import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import io.splitio.spring.source.Addresses;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether flags come from FeatBit: the mode says so, or leaves it to what else is set. */
final class OnFeatBit extends SpringBootCondition {
  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Binder binder = Binder.get(context.getEnvironment());
    ConditionMessage.Builder message = ConditionMessage.forCondition("flags from FeatBit");
    try {
      Mode mode = binder.bind("splitio.mode", Mode.class).orElse(Mode.AUTO);
      boolean chosen = Addresses.choose(Mode.FEATBIT, mode, new Addresses(binder).ofFeatBit());
      return new ConditionOutcome(chosen, message.because("splitio.mode is " + mode));
    } catch (BindException wrong) { // the properties are bound again, and it is told then
      return ConditionOutcome.noMatch(message.because("a property cannot be read"));
    }
  }
}
