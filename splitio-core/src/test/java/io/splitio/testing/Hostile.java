package io.splitio.testing;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Objects that an application could pass in by mistake, and that throw whatever is done to them.
 */
public final class Hostile {
  private Hostile() {}

  /** What they throw: an exception, and errors that are no sign of a broken virtual machine. */
  public static List<Supplier<Throwable>> failures() {
    return List.of(
        () -> new IllegalStateException("forged\r\n2026-01-01 INFO ok"),
        () -> new StackOverflowError("hostile"),
        () -> new NoClassDefFoundError("hostile"),
        () -> new InternalError("hostile"),
        () -> new AssertionError("hostile"));
  }

  /** A map whose every method throws. */
  public static Map<String, Object> map(Supplier<Throwable> failure) {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, Object>> entrySet() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public Object get(Object key) {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public boolean isEmpty() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }
    };
  }

  /** A list whose every method throws. */
  public static <T> List<T> list(Supplier<Throwable> failure) {
    return new AbstractList<>() {
      @Override
      public T get(int index) {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public Iterator<T> iterator() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public int size() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }
    };
  }

  /** An object that cannot be compared, hashed or shown. */
  public static Object value(Supplier<Throwable> failure) {
    return new Object() {
      @Override
      @SuppressWarnings("EqualsHashCode")
      public boolean equals(Object other) {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public int hashCode() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public String toString() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }
    };
  }

  /** A number that cannot say which. */
  public static Number number(Supplier<Throwable> failure) {
    return new Number() {
      @Override
      public int intValue() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public long longValue() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public float floatValue() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public double doubleValue() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }

      @Override
      public String toString() {
        throw Hostile.<RuntimeException>sneaky(failure.get());
      }
    };
  }

  /** A list that contains itself, directly and through a map. */
  public static List<Object> selfContaining() {
    List<Object> list = new ArrayList<>();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("list", list);
    map.put("map", map);
    list.add(list);
    list.add(map);
    Collection<Object> values = map.values();
    list.add(values);
    return list;
  }

  @SuppressWarnings("unchecked") // throws whatever it is given
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}
