package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.json.Json;
import io.splitio.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads change documents in both their layouts, streaming: what it holds beside the result is one
 * definition (evaluation specification 1.1). Immutable.
 */
public final class ChangesReader {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

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
    Beginning beginning = new Beginning(document);
    try {
      return read(Json.of(beginning));
    } catch (MalformedJsonException e) {
      log.debug("A document that cannot be read begins with {}", beginning);
      throw e;
    }
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

  /**
   * Reads a document that is one feature flag; the section has it as active, removed, rejected or
   * unsupported.
   *
   * @throws MalformedJsonException when it is no object
   */
  public Changes.Section<FeatureFlag> readFlag(byte[] document) throws IOException {
    try (Json json = sanitizing.prepare(Json.of(document))) {
      FlagReader reader = new FlagReader(json);
      return one(json, new SectionReader<>(json, () -> mended(reader.read()), dateUnit));
    }
  }

  /**
   * Reads a document that is one rule-based segment.
   *
   * @throws MalformedJsonException when it is no object
   */
  public Changes.Section<RuleBasedSegment> readRuleBasedSegment(byte[] document)
      throws IOException {
    try (Json json = sanitizing.prepare(Json.of(document))) {
      RuleBasedSegmentReader reader = new RuleBasedSegmentReader(json);
      return one(json, new SectionReader<>(json, () -> mended(reader.read()), dateUnit));
    }
  }

  private <T> Changes.Section<T> one(Json json, SectionReader<T> section) throws IOException {
    json.beginDocument();
    section.readDefinition();
    json.endDocument();
    return section.done(sanitizing);
  }

  private FlagDraft mended(FlagDraft draft) {
    sanitizing.mend(draft);
    return draft;
  }

  private RuleBasedSegmentDraft mended(RuleBasedSegmentDraft draft) {
    sanitizing.mend(draft);
    return draft;
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
    private final SectionReader<RuleBasedSegment> noSegments;
    private boolean older;

    private Document(Json json) {
      this.json = json;
      FlagReader flagReader = new FlagReader(json);
      RuleBasedSegmentReader segmentReader = new RuleBasedSegmentReader(json);
      this.flags = new SectionReader<>(json, () -> mended(flagReader.read()), dateUnit);
      this.olderFlags = new SectionReader<>(json, () -> mended(flagReader.read()), dateUnit);
      this.ruleBasedSegments =
          new SectionReader<>(json, () -> mended(segmentReader.read()), dateUnit);
      this.noSegments = new SectionReader<>(json, () -> mended(segmentReader.read()), dateUnit);
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
          ? new Changes(olderFlags.done(sanitizing), noSegments.done(sanitizing))
          : new Changes(flags.done(sanitizing), ruleBasedSegments.done(sanitizing));
    }
  }
}
