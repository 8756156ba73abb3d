package io.splitio.spring.toggle;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What runs for a treatment, inside {@link FeatureToggle#variants()}: another method, the same
 * method of another bean, or another method of another bean.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Variant {

  /** The treatments: names, or <code>${placeholders}</code>. */
  String[] treatment();

  /** The method to call, with the parameters of a {@link FeatureToggle#fallbackMethod()}. */
  String method() default "";

  /** The bean to call, through its proxy. */
  String bean() default "";
}
