package io.splitio.spring.toggle;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of a {@link FeatureToggle} method that targeting rules may look at. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SplitAttribute {

  /** The name of the attribute; without it, the name of the parameter. */
  String value() default "";
}
