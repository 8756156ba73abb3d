package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads change documents in both their layouts, streaming: what it holds beside the result is one
 * definition (evaluation specification 1.1). Immutable.
 */
public final class ChangesReader {
  private final DateUnit dateUnit;
  private final Sanitizing sanitizing;

  /** A reader that compiles date rules for a unit of plain numbers. */
  public ChangesReader(DateUnit dateUnit, Sanitizing sanitizing) {
    this.dateUnit = dateUnit;
    this.sanitizing = sanitizing;
  }

  /**
   * Reads a document in UTF-8 and closes the stream.
   *
   * @throws MalformedJsonException when it is not a change document
   */
  public Changes read(InputStream document) throws IOException {
    return read(Json.of(document));
  }

  /**
   * Reads a document in UTF-8.
   *
   * @throws MalformedJsonException when it is not a change document
   */
  public Changes read(byte[] document) throws IOException {
    return read(Json.of(document));
  }

  /**
   * Reads a document.
   *
   * @throws MalformedJsonException when it is not a change document
   */
  public Changes read(String document) throws IOException {
    return read(Json.of(document));
  }

  private Changes read(Json plain) throws IOException {
    try (Json json = sanitizing.prepare(plain)) {
      Document document = new Document(json);
      json.beginDocument();
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        document.read(field);
      }
      json.endDocument();
      return document.done();
    }
  }

  /** The sections of one document. */
  private final class Document {
    private final Json json;
    private final SectionReader<FeatureFlag> flags;
    private final SectionReader<FeatureFlag> olderFlags;
    private final SectionReader<RuleBasedSegment> ruleBasedSegments;
    private boolean older;

    private Document(Json json) {
      this.json = json;
      FlagReader flagReader = new FlagReader(json);
      RuleBasedSegmentReader segmentReader = new RuleBasedSegmentReader(json);
      this.flags = new SectionReader<>(json, () -> mended(flagReader.read()), dateUnit);
      this.olderFlags = new SectionReader<>(json, () -> mended(flagReader.read()), dateUnit);
      this.ruleBasedSegments =
          new SectionReader<>(json, () -> mended(segmentReader.read()), dateUnit);
    }

    private FlagDraft mended(FlagDraft draft) {
      sanitizing.mend(draft);
      return draft;
    }

    private RuleBasedSegmentDraft mended(RuleBasedSegmentDraft draft) {
      sanitizing.mend(draft);
      return draft;
    }

    private void read(String field) throws IOException {
      switch (field) {
        case "ff" -> readSection("ff", flags);
        case "rbs" -> readSection("rbs", ruleBasedSegments);
        case "splits" -> {
          older = true;
          olderFlags.readDefinitions();
        }
        case "since" -> olderFlags.readSince();
        case "till" -> olderFlags.readTill();
        default -> json.skip();
      }
    }

    private void readSection(String name, SectionReader<?> section) throws IOException {
      boolean present = json.beginObject(name);
      section.failIfNoted();
      if (!present) {
        return;
      }
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        switch (field) {
          case "d" -> section.readDefinitions();
          case "s" -> section.readSince();
          case "t" -> section.readTill();
          default -> json.skip();
        }
      }
    }

    private Changes done() {
      return older
          ? new Changes(olderFlags.done(sanitizing), Changes.Section.empty())
          : new Changes(flags.done(sanitizing), ruleBasedSegments.done(sanitizing));
    }
  }
}
