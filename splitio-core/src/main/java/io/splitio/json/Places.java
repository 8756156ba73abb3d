package io.splitio.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.ContentReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a parser's places are in the document. What reads the rest of one begins with an object and
 * an array of its own, which stand for those of the document.
 *
 * @param linesBefore how many lines of the document lie before the parser's first one
 * @param columnsBefore how many columns of the document lie before those of its first line
 * @param object where the object began for which its own one stands, or null for none
 * @param array where the array began for which its own one stands, or null for none
 */
record Places(
    int linesBefore,
    int columnsBefore,
    @Nullable JsonLocation object,
    @Nullable JsonLocation array) {

  /** The places of a parser that reads the whole document. */
  static final Places WHOLE = new Places(0, 0, null, null);

  /** Whether an array is a field of the document's object, so that a rest can begin like it. */
  static boolean inDocumentsObject(JsonStreamContext array) {
    JsonStreamContext object = array.getParent();
    return object.inObject() && object.getParent().inRoot();
  }

  /** The places of one that goes on in an array of the document's object. */
  static Places after(PlainTexts taken, JsonStreamContext array) {
    return new Places(
        taken.linesBefore(),
        taken.columnsBefore(),
        array.getParent().startLocation(ContentReference.unknown()),
        array.startLocation(ContentReference.unknown()));
  }

  int line(JsonLocation at) {
    return linesBefore + at.getLineNr();
  }

  int column(JsonLocation at) {
    return column(at.getLineNr(), at.getColumnNr());
  }

  private int column(int line, int column) {
    return line == 1 ? columnsBefore + column : column;
  }

  /** A place in words. */
  String text(int line, int column) {
    JsonLocation begun = line == 1 ? begunAt(column) : null;
    return begun == null
        ? "line " + (linesBefore + line) + ", column " + column(line, column)
        : "line " + begun.getLineNr() + ", column " + begun.getColumnNr();
  }

  private @Nullable JsonLocation begunAt(int column) {
    return column == 1 ? object : column == PlainTexts.NONE_TAKEN.length ? array : null;
  }
}
