package io.splitio.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document that is read from front to back.
 *
 * <p>It stands on a value. {@link #beginObject} and {@link #nextField} step through an object,
 * {@link #beginArray} and {@link #nextElement} through an array; the other methods take the value.
 * Every value must be taken or skipped. A value of the wrong kind is skipped and noted, so that the
 * rest of its definition, and with it the name, can still be read: {@link #takeProblem} ends the
 * definition. Scalars are read as leniently as the official Java SDK does (evaluation specification
 * 1).
 */
public final class Json implements Closeable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(8 * 1024 * 1024)
                  .maxNumberLength(1_000)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  /** Where the bytes come from; null when the document is a text. */
  private final @Nullable InputStream source;

  private final SharedTexts shared = new SharedTexts();
  private JsonParser parser;
  private boolean strict;
  private Places places = Places.WHOLE;
  private @Nullable String problem;

  private Json(JsonParser parser, @Nullable InputStream source) {
    this.parser = parser;
    this.source = source;
  }

  /** A document in UTF-8. Closing this closes the stream. */
  public static Json of(InputStream document) throws IOException {
    return new Json(FACTORY.createParser(document), document);
  }

  /** A document in UTF-8. */
  public static Json of(byte[] document) throws IOException {
    return of(new ByteArrayInputStream(document));
  }

  /** A document; a byte order mark at its beginning is not part of it. */
  public static Json of(String document) throws IOException {
    String text = document.startsWith("\uFEFF") ? document.substring(1) : document;
    return new Json(FACTORY.createParser(text), null);
  }

  /** Takes a name that occurs twice in one object for an error, which costs time. */
  public Json withoutDuplicates() {
    parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    strict = true;
    return this;
  }

  /** Steps onto the value of the document, which must be an object, and into it. */
  public void beginDocument() throws IOException {
    JsonToken token = advance();
    if (token != JsonToken.START_OBJECT) {
      throw malformed(
          token == null
              ? "the document is empty; a JSON object is expected"
              : "the document is " + Wording.kind(token) + "; a JSON object is expected");
    }
  }

  /** Steps onto the value of the document, whatever it is; false when the document is empty. */
  public boolean beginAnyDocument() throws IOException {
    return advance() != null;
  }

  /** Makes sure that nothing follows the document. */
  public void endDocument() throws IOException {
    if (advance() != null) {
      throw malformed("there is more text after the end of the document");
    }
  }

  /** Steps into the object the place stands on; false, and past it, if there is none. */
  public boolean beginObject(String field) throws IOException {
    return begin(JsonToken.START_OBJECT, "an object", field);
  }

  /** Steps into the array the place stands on; false, and past it, if there is none. */
  public boolean beginArray(String field) throws IOException {
    return begin(JsonToken.START_ARRAY, "an array", field);
  }

  private boolean begin(JsonToken start, String expected, String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == start) {
      return true;
    }
    if (token != JsonToken.VALUE_NULL) {
      note(field + " is " + Wording.kind(token) + "; it must be " + expected);
      skip();
    }
    return false;
  }

  /** Steps onto the value of the next field and answers its name, or null after the last. */
  public @Nullable String nextField() throws IOException {
    if (advance() == JsonToken.END_OBJECT) {
      return null;
    }
    String name = parser.currentName();
    advance();
    return name;
  }

  /** Steps onto the next element; false after the last. */
  public boolean nextElement() throws IOException {
    return advance() != JsonToken.END_ARRAY;
  }

  /** Whether the value is null. */
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Whether the value is a text. */
  public boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /** Whether the value is a number. */
  public boolean isNumber() {
    return parser.currentToken().isNumeric();
  }

  /** Whether the value is an object. */
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the value is an array. */
  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Passes over the value. */
  public void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** The value as text; null when it is null or no scalar. */
  public @Nullable String text(String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isScalarValue()) {
      note(field + " is " + Wording.kind(token) + "; it must be a text");
      skip();
      return null;
    }
    return rawText();
  }

  /** Takes the texts of an array; the buffers are used for something else afterwards. */
  public interface Texts {
    /** Takes a text of characters below 128. */
    default void ascii(byte[] buffer, int from, int length) {
      characters(new String(buffer, from, length, US_ASCII).toCharArray(), 0, length);
    }

    /** Takes a text. */
    void characters(char[] buffer, int from, int length);
  }

  /**
   * Hands over the texts of an array without making strings of them, and without its nulls; none
   * when it is null or no array. Fastest for a field of the document's object.
   */
  public void texts(String field, Texts taker) throws IOException {
    if (!beginArray(field)) {
      return;
    }
    InputStream bytes = strict ? null : source;
    if (bytes != null
        && parser.getInputSource() == bytes // nothing is read ahead
        && Places.inDocumentsObject(parser.getParsingContext())) {
      takePlain(bytes, taker);
    }
    while (nextElement()) {
      JsonToken token = parser.currentToken();
      if (!token.isScalarValue()) {
        text(field);
      } else if (token != JsonToken.VALUE_NULL) {
        handOver(taker);
      }
    }
  }

  private void handOver(Texts taker) throws IOException {
    try {
      char[] buffer = parser.getTextCharacters();
      taker.characters(buffer, parser.getTextOffset(), parser.getTextLength());
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** What is left of the document afterwards is one of its own, for a parser of its own. */
  private void takePlain(InputStream bytes, Texts taker) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    JsonLocation here = parser.currentLocation();
    JsonStreamContext array = parser.getParsingContext();
    if (parser.releaseBuffered(read) < 0) {
      return; // not UTF-8
    }
    PlainTexts texts =
        new PlainTexts(read.toByteArray(), bytes, places.line(here), places.column(here));
    texts.handTo(taker);
    parser.close();
    places = Places.after(texts, array);
    parser = FACTORY.createParser(texts.rest());
    for (int known = 3 + texts.added(); known > 0; known--) {
      JsonToken unused = advance();
    }
  }

  /** The value as {@link #text}, which occurs often: equal ones share their memory. */
  public @Nullable String sharedText(String field) throws IOException {
    if (!isText()) {
      String text = text(field);
      return text == null ? null : share(text);
    }
    try {
      char[] buffer = parser.getTextCharacters();
      return shared.of(buffer, parser.getTextOffset(), parser.getTextLength());
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** One instance for all equal texts of this document. */
  public String share(String text) {
    return shared.of(text);
  }

  /** The texts of an array without its nulls; null when it is null or no array. */
  public @Nullable List<String> texts(String field) throws IOException {
    if (!beginArray(field)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    while (nextElement()) {
      String text = text(field);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The value as a boolean; null when it is null or none. */
  public @Nullable Boolean bool(String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return Boolean.valueOf(rawText());
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token != JsonToken.VALUE_NULL) {
      note(field + " is " + Wording.kind(token) + "; it must be true or false");
      skip();
    }
    return null;
  }

  /** The value as a whole number; null when it is null or none. */
  public @Nullable Long number(String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
      Long number =
          WholeNumber.isPlain(parser) ? (Long) parser.getLongValue() : WholeNumber.parse(rawText());
      if (number == null) {
        note(field + " is " + Wording.shown(rawText()) + "; it must be a whole number");
      }
      return number;
    }
    if (token != JsonToken.VALUE_NULL) {
      note(field + " is " + Wording.kind(token) + "; it must be a whole number");
      skip();
    }
    return null;
  }

  /** The value as a whole number of 32 bits; null when it is null or none. */
  public @Nullable Integer smallNumber(String field) throws IOException {
    Long number = number(field);
    if (number == null) {
      return null;
    }
    if (number.intValue() != number) {
      note(field + " is " + number + "; it must be a whole number of 32 bits");
      return null;
    }
    return number.intValue();
  }

  /** The low 32 bits of the value; null when it is null or no whole number. */
  public @Nullable Integer seed(String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && !WholeNumber.isPlain(parser)) {
      return WholeNumber.lowBits(rawText());
    }
    Long number = number(field);
    return number == null ? null : number.intValue();
  }

  /** The line of the place, 1 for the first. */
  public int line() {
    return places.line(parser.currentTokenLocation());
  }

  /** How many characters of a text have been read, with those of the place itself. */
  public int read() {
    return (int) parser.currentLocation().getCharOffset();
  }

  /** Notes what is wrong with the current definition, unless something was noted before. */
  public void note(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  /** What was noted since the last call, or null. */
  public @Nullable String takeProblem() {
    String noted = problem;
    problem = null;
    return noted;
  }

  /** An error about the place. */
  public MalformedJsonException malformed(String what) {
    JsonLocation at = parser.currentTokenLocation();
    return new MalformedJsonException(what, places.line(at), places.column(at));
  }

  @Override
  public void close() throws IOException {
    parser.close();
    if (source != null) {
      source.close();
    }
  }

  private @Nullable JsonToken advance() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private String rawText() throws IOException {
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private MalformedJsonException malformed(JsonProcessingException e) {
    return Wording.malformed(e, places, parser.currentLocation());
  }
}
