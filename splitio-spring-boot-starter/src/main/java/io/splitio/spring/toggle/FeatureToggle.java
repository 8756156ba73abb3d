package io.splitio.spring.toggle;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Lets a feature flag decide, at each call, whether a method of a Spring bean runs, or what runs in
 * its place.
 *
 * <p>On a class or an interface it holds for all its methods; on a method it wins over the class.
 * It may stand on an annotation of one's own. A call makes one evaluation, and so one impression.
 *
 * <p>It works through Spring's proxies: a call from within the same object, and a private, static
 * or final method, are not seen. {@link FeatureToggles} is there for such places. An annotation
 * that cannot work stops the application at start, with a message that names the method.
 *
 * <p>For a native image, let {@code @Bean} methods return the class and not an interface, as Spring
 * asks: fallback methods are looked for in the class that a bean is declared to have.
 *
 * <p>Reactive methods and Kotlin's suspending functions are decided at each subscription. Methods
 * that return a {@code CompletionStage} are decided by the calling thread.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface FeatureToggle {

  /** The flag: its name, or a <code>${placeholder}</code>. */
  @AliasFor("flag")
  String value() default "";

  /** The flag: its name, or a <code>${placeholder}</code>. */
  @AliasFor("value")
  String flag() default "";

  /**
   * The treatments that let the method run; without any, those of {@code
   * splitio.toggle.on-treatments}. Names or <code>${placeholders}</code>.
   */
  String[] treatments() default {};

  /**
   * Who is asking: a SpEL expression over the arguments, such as {@code #order.customerId}, {@code
   * #p0} or {@code @keys.of(#request)}. Without it, the parameter with {@link SplitKey} is used;
   * when neither yields a key, {@code splitio.toggle.default-key}.
   */
  String key() default "";

  /** The key that decides percentage buckets, as a SpEL expression; without it, the key does. */
  String bucketingKey() default "";

  /** Attributes for targeting rules: {@code "plan=#user.plan"}, or a SpEL expression for a map. */
  String[] attributes() default {};

  /** The bean that evaluates, where there are several {@code SplitClient} beans. */
  String client() default "";

  /**
   * The method to call when the flag is off: {@code "payOld"} of the same class, which may be
   * private, or {@code "bean::payOld"} of another bean. It has the same parameters, to which a
   * {@code SplitResult} or a {@link FeatureDisabledException} may be added at the end.
   */
  String fallbackMethod() default "";

  /** What runs for single treatments. All others are decided by the rest of the annotation. */
  Variant[] variants() default {};

  /** What happens when the flag is off. */
  WhenOff whenOff() default WhenOff.AUTO;

  /** What happens when there is no decision: the flag is unknown or the SDK is not ready. */
  OnControl onControl() default OnControl.DEFAULT;
}
