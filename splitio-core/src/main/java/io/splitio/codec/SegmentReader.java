package io.splitio.codec;

import io.splitio.json.Json;
import io.splitio.json.MalformedJsonException;
import io.splitio.keys.KeySet;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads changes of segments (evaluation specification 1.8). Immutable. */
public final class SegmentReader {
  private final Sanitizing sanitizing;

  /** A reader. */
  public SegmentReader(Sanitizing sanitizing) {
    this.sanitizing = sanitizing;
  }

  /**
   * Reads a document in UTF-8 and closes the stream.
   *
   * @throws MalformedJsonException when it is not a change of a segment
   */
  public SegmentChange read(InputStream document) throws IOException {
    return read(Json.of(document));
  }

  /**
   * Reads a document in UTF-8.
   *
   * @throws MalformedJsonException when it is not a change of a segment
   */
  public SegmentChange read(byte[] document) throws IOException {
    return read(Json.of(document));
  }

  /**
   * Reads a document.
   *
   * @throws MalformedJsonException when it is not a change of a segment
   */
  public SegmentChange read(String document) throws IOException {
    return read(Json.of(document));
  }

  private SegmentChange read(Json plain) throws IOException {
    try (Json json = sanitizing.prepare(plain)) {
      Draft draft = new Draft();
      json.beginDocument();
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        draft.read(field, json);
        String problem = json.takeProblem();
        if (problem != null) {
          throw json.malformed(problem);
        }
      }
      json.endDocument();
      Sanitizing.Range range = sanitizing.mend(new Sanitizing.Range(draft.since, draft.till));
      return new SegmentChange(draft.name, draft.added, draft.removed, range.since(), range.till());
    }
  }

  /** Collects the fields of one document. */
  private static final class Draft {
    private @Nullable String name;
    private KeySet added = KeySet.EMPTY;
    private KeySet removed = KeySet.EMPTY;
    private long since = Changes.UNSAID;
    private long till = Changes.UNSAID;

    private void read(String field, Json json) throws IOException {
      switch (field) {
        case "name" -> name = json.text(field);
        case "added" -> added = keys(field, json);
        case "removed" -> removed = keys(field, json);
        case "since" -> since = orUnsaid(json.number(field));
        case "till" -> till = orUnsaid(json.number(field));
        default -> json.skip();
      }
    }

    private static KeySet keys(String field, Json json) throws IOException {
      Keys keys = new Keys(new KeySet.Builder());
      json.texts(field, keys);
      return keys.builder.build();
    }

    private static long orUnsaid(@Nullable Long number) {
      return number == null ? Changes.UNSAID : number;
    }
  }

  /** Collects keys. */
  private record Keys(KeySet.Builder builder) implements Json.Texts {
    @Override
    public void ascii(byte[] buffer, int from, int length) {
      builder.add(buffer, from, length);
    }

    @Override
    public void characters(char[] buffer, int from, int length) {
      builder.add(buffer, from, length);
    }
  }
}
