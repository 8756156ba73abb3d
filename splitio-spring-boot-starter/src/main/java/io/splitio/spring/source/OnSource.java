package io.splitio.spring.source;

import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether flags come from a source: the mode says so, or leaves it to what else is set. */
public abstract class OnSource extends SpringBootCondition {
  private final Mode source;
  private final Function<Addresses, List<String>> addresses;

  /** For the source of a mode, and the properties that name it. */
  protected OnSource(Mode source, Function<Addresses, List<String>> addresses) {
    this.source = source;
    this.addresses = addresses;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Binder binder = Binder.get(context.getEnvironment());
    ConditionMessage.Builder message = ConditionMessage.forCondition("flags from " + source);
    Mode mode;
    try {
      mode = binder.bind("splitio.mode", Mode.class).orElse(Mode.AUTO);
    } catch (BindException wrong) { // it is bound again, and told then
      return ConditionOutcome.noMatch(message.because("splitio.mode cannot be read"));
    }
    return new ConditionOutcome(
        mode == source || (mode == Mode.AUTO && isNamed(binder)),
        message.because("splitio.mode is " + mode));
  }

  private boolean isNamed(Binder binder) {
    try {
      return !addresses.apply(new Addresses(binder)).isEmpty();
    } catch (BindException wrong) {
      return true; // the properties are bound again, and it is told then
    }
  }
}
