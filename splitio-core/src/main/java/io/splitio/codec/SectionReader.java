package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.Changes.Trouble;
import io.splitio.json.Json;
import io.splitio.json.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects the definitions of one kind, each on its own, so that a bad one spoils nothing else. */
final class SectionReader<T> {
  private final Json json;
  private final Kind<T> kind;
  private final DateUnit dateUnit;
  private final List<T> active = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<Trouble> rejected = new ArrayList<>();
  private final List<Trouble> unsupported = new ArrayList<>();
  private long since = Changes.UNSAID;
  private long till = Changes.UNSAID;
  private int line = 1; // of the definition being read

  SectionReader(Json json, Kind<T> kind, DateUnit dateUnit) {
    this.json = json;
    this.kind = kind;
    this.dateUnit = dateUnit;
  }

  /** Reads one kind of definition. */
  interface Kind<T> {
    /** The definition whose object was just entered, mended. */
    Draft<T> read() throws IOException;
  }

  /** Reads the version the section starts from. */
  void readSince() throws IOException {
    since = version("since");
  }

  /** Reads the version the section leads to. */
  void readTill() throws IOException {
    till = version("till");
  }

  private long version(String field) throws IOException {
    Long number = json.number(field);
    failIfNoted();
    return number == null ? Changes.UNSAID : number;
  }

  /** Reads the definitions. */
  void readDefinitions() throws IOException {
    boolean some = json.beginArray("the list of definitions");
    failIfNoted();
    while (some && json.nextElement()) {
      line = json.line();
      if (json.beginObject("a definition")) {
        readDefinition();
      } else {
        String problem = json.takeProblem();
        rejected.add(new Trouble(null, problem == null ? "a definition is null" : problem, line));
      }
    }
  }

  /** Makes sure that the structure around the definitions is sound. */
  void failIfNoted() throws MalformedJsonException {
    String problem = json.takeProblem();
    if (problem != null) {
      throw json.malformed(problem);
    }
  }

  /** Reads the definition whose object was just entered. */
  void readDefinition() throws IOException {
    Draft<T> definition = kind.read();
    String problem = json.takeProblem();
    Identity identity = definition.identity();
    String name = identity.name;
    if (name == null) {
      rejected.add(new Trouble(null, problem == null ? "a definition has no name" : problem, line));
    } else if (identity.isRetired() || (problem == null && !identity.isActive())) {
      removed.add(name);
    } else if (problem != null) {
      rejected.add(new Trouble(name, problem, line));
    } else {
      add(name, definition);
    }
  }

  private void add(String name, Draft<T> definition) {
    try {
      active.add(definition.compile(name, dateUnit));
    } catch (IllegalArgumentException e) {
      rejected.add(new Trouble(name, String.valueOf(e.getMessage()), line));
      return;
    }
    String part = definition.unsupportedPart();
    if (part != null) {
      unsupported.add(new Trouble(name, part, line));
    }
  }

  /** The section, with its versions mended. */
  Section<T> done(Sanitizing sanitizing) {
    Sanitizing.Range range = sanitizing.mend(new Sanitizing.Range(since, till));
    return new Section<>(range.since(), range.till(), active, removed, rejected, unsupported);
  }
}
