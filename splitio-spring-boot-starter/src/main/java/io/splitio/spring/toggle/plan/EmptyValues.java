package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.read.Problem;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CollectionFactory;

/** The empty value of a type, null where there is none. Containers are new and may be filled. */
final class EmptyValues {
  private static final Map<Class<?>, Supplier<@Nullable Object>> KNOWN = new HashMap<>();

  static {
    KNOWN.put(Optional.class, Optional::empty);
    KNOWN.put(OptionalInt.class, OptionalInt::empty);
    KNOWN.put(OptionalLong.class, OptionalLong::empty);
    KNOWN.put(OptionalDouble.class, OptionalDouble::empty);
    KNOWN.put(Stream.class, Stream::empty);
    KNOWN.put(IntStream.class, IntStream::empty);
    KNOWN.put(LongStream.class, LongStream::empty);
    KNOWN.put(DoubleStream.class, DoubleStream::empty);
    KNOWN.put(Iterator.class, Collections::emptyIterator);
    KNOWN.put(Iterable.class, ArrayList::new);
  }

  private EmptyValues() {}

  static boolean isOptional(Class<?> type) {
    return type == Optional.class
        || type == OptionalInt.class
        || type == OptionalLong.class
        || type == OptionalDouble.class;
  }

  static Supplier<@Nullable Object> of(Class<?> type) {
    Supplier<@Nullable Object> known = KNOWN.get(type);
    if (known != null) {
      return known;
    }
    if (type.isArray()) {
      return () -> Array.newInstance(type.getComponentType(), 0);
    }
    return container(type);
  }

  private static Supplier<@Nullable Object> container(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return made(type, () -> CollectionFactory.createCollection(type, null, 0));
    }
    return Map.class.isAssignableFrom(type)
        ? made(type, () -> CollectionFactory.createMap(type, 0))
        : () -> null;
  }

  /** Tries it now, so that a type that cannot be made is found at start. */
  private static Supplier<@Nullable Object> made(Class<?> type, Supplier<@Nullable Object> maker) {
    try {
      var unused = maker.get();
      return maker;
    } catch (RuntimeException e) {
      throw new Problem("returns " + type.getName() + ", of which no empty one can be made");
    }
  }
}
