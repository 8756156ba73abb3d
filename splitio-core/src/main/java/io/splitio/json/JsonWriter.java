package io.splitio.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document in UTF-8, from front to back, into memory.
 *
 * <p>Whatever text or number it is given, the document is valid: half a surrogate pair becomes
 * U+FFFD, and a number that JSON does not know becomes null. Used by one thread, and once.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final JsonGenerator generator;

  /** An empty document. */
  public JsonWriter() {
    try {
      generator = FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an object. */
  public JsonWriter beginObject() {
    return write(JsonGenerator::writeStartObject);
  }

  /** Ends an object. */
  public JsonWriter endObject() {
    return write(JsonGenerator::writeEndObject);
  }

  /** Begins an array. */
  public JsonWriter beginArray() {
    return write(JsonGenerator::writeStartArray);
  }

  /** Ends an array. */
  public JsonWriter endArray() {
    return write(JsonGenerator::writeEndArray);
  }

  /** The name of the value that follows. */
  public JsonWriter name(String name) {
    return write(to -> to.writeFieldName(whole(name)));
  }

  /** A text. */
  public JsonWriter text(String text) {
    return write(to -> to.writeString(whole(text)));
  }

  /** A whole number. */
  public JsonWriter number(long number) {
    return write(to -> to.writeNumber(number));
  }

  /** A member of an object, left out when it is null. */
  public JsonWriter member(String name, @Nullable String text) {
    return text == null ? this : name(name).text(text);
  }

  /** A member of an object, left out when it is null. */
  public JsonWriter member(String name, @Nullable Number number) {
    return number == null ? this : name(name).scalar(number);
  }

  /** A member of an object. */
  public JsonWriter member(String name, boolean value) {
    return name(name).scalar(value);
  }

  /** A text, a number, a boolean, or null; anything else as its text. */
  public JsonWriter scalar(@Nullable Object value) {
    if (value == null) {
      return write(JsonGenerator::writeNull);
    }
    if (value instanceof Boolean flag) {
      return write(to -> to.writeBoolean(flag));
    }
    return value instanceof Number number ? anyNumber(number) : text(value.toString());
  }

  private JsonWriter anyNumber(Number number) {
    if (number instanceof BigDecimal exact) {
      return write(to -> to.writeNumber(exact));
    }
    if (number instanceof BigInteger exact) {
      return write(to -> to.writeNumber(exact));
    }
    boolean whole =
        number instanceof Long
            || number instanceof Integer
            || number instanceof Short
            || number instanceof Byte;
    return whole ? number(number.longValue()) : fraction(number.doubleValue());
  }

  private JsonWriter fraction(double number) {
    return Double.isFinite(number)
        ? write(to -> to.writeNumber(number))
        : write(JsonGenerator::writeNull);
  }

  /** The document; nothing can be written any more. */
  public byte[] done() {
    try {
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private JsonWriter write(Step step) {
    try {
      step.on(generator);
    } catch (IOException e) { // memory does not fail, so the caller's order of calls does
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The text, with half surrogate pairs replaced; almost always the text itself. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  @FunctionalInterface
  private interface Step {
    void on(JsonGenerator generator) throws IOException;
  }
}
