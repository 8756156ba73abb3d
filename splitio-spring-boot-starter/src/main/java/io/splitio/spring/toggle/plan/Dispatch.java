package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.read.ToggledMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * Remembers, while another bean is called in a method's place, which method that was, what is
 * called instead, and with which arguments.
 *
 * <p>The other bean often carries the same annotation, from an interface they share. Without this
 * it would evaluate the flag again, record a second impression, and might send the call back. A
 * call of another method, or with other arguments, further down, is a question of its own. A call
 * back with the very same arguments is not: it reaches the method itself, so that a variant may
 * wrap what it replaces.
 */
final class Dispatch {
  private static final ThreadLocal<Sent> SENT = new ThreadLocal<>();

  private final ToggledMethod toggled;
  private final Class<?>[] types;
  private final Map<Class<?>, Boolean> alike = new ConcurrentHashMap<>();

  Dispatch(ToggledMethod toggled) {
    this.toggled = toggled;
    this.types = toggled.method().getParameterTypes();
  }

  /** A call under way to another bean. */
  private static final class Sent {
    private final ToggledMethod original;
    private final @Nullable Object[] arguments;
    private final @Nullable Instead instead; // null once it arrived, or where nobody looks out

    private Sent(ToggledMethod original, @Nullable Object[] arguments, @Nullable Instead instead) {
      this.original = original;
      this.arguments = arguments;
      this.instead = instead;
    }

    private Sent arrived() {
      return new Sent(original, arguments, null);
    }
  }

  /** What is called in the method's place. */
  static final class Instead {
    private final Object bean;
    private final Method method;
    private final @Nullable Object[] arguments;

    Instead(Object bean, Method method, @Nullable Object[] arguments) {
      this.bean = bean;
      this.method = method;
      this.arguments = arguments;
    }

    private @Nullable Object call() throws Throwable {
      Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
      return AopUtils.invokeJoinpointUsingReflection(bean, invocable, arguments);
    }
  }

  /** Lets the method itself run when the call was sent here, or back; else lets it be decided. */
  @Nullable Object receive(@Nullable Object[] arguments, Body itself, Body decision)
      throws Throwable {
    Sent sent = SENT.get();
    if (sent == null) {
      return decision.run();
    }
    if (toggled.equals(sent.original) && same(arguments, sent.arguments)) {
      return during(null, itself);
    }
    return isFor(sent, arguments) ? during(sent.arrived(), itself) : decision.run();
  }

  private boolean isFor(Sent sent, @Nullable Object[] arguments) {
    Instead instead = sent.instead;
    return instead != null
        && toggled.definition().equals(sent.original.definition())
        && toggled.method().getName().equals(instead.method.getName())
        && Arrays.equals(types, instead.method.getParameterTypes())
        && same(arguments, instead.arguments);
  }

  /** Calls the other bean in the place of a call with these arguments. */
  @Nullable Object send(@Nullable Object[] arguments, Instead instead) throws Throwable {
    boolean looksOut =
        alike.computeIfAbsent(instead.bean.getClass(), any -> isToggledAlike(instead));
    return during(new Sent(toggled, arguments, looksOut ? instead : null), instead::call);
  }

  /** Whether an equal annotation holds for what is called; if not, nobody would take it as sent. */
  private boolean isToggledAlike(Instead instead) {
    Class<?> type = AopUtils.getTargetClass(instead.bean);
    if (Proxy.isProxyClass(type)) {
      return true; // what is behind it is not known
    }
    ToggledMethod called = ToggledMethod.find(instead.method, type);
    return called != null && called.definition().equals(toggled.definition());
  }

  private static @Nullable Object during(@Nullable Sent sent, Body body) throws Throwable {
    Sent before = SENT.get();
    set(sent);
    try {
      return body.run();
    } finally {
      set(before);
    }
  }

  private static void set(@Nullable Sent sent) {
    if (sent == null) {
      SENT.remove();
    } else {
      SENT.set(sent);
    }
  }

  /** The same instances: the call was passed on, not made anew. Primitives have no instance. */
  @SuppressWarnings("ReferenceEquality")
  private boolean same(@Nullable Object[] some, @Nullable Object[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      Object one = some[i];
      if (one != others[i] && !(types[i].isPrimitive() && one != null && one.equals(others[i]))) {
        return false;
      }
    }
    return true;
  }

  /** What is called. */
  @FunctionalInterface
  interface Body {
    @Nullable Object run() throws Throwable;
  }
}
