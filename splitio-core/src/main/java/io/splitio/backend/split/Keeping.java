package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.backend.split.keep.Entry;
import io.splitio.backend.split.keep.KeptFile;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentReader;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is received in a file, on a lane of its own, so that a slow disk does not hold up what
 * is received; and puts what was kept in force at a start.
 */
final class Keeping {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long MOST_WAITING = 256L << 20;

  private final @Nullable KeptFile file;
  private final Lane disk;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean broken;

  /**
   * Nothing read or written yet.
   *
   * @param file where, or null for nowhere
   * @param disk what the file is written on
   */
  Keeping(@Nullable KeptFile file, Lane disk) {
    this.file = file;
    this.disk = disk;
  }

  /** Whether documents are to be handed over as they were received. */
  boolean wanted() {
    return file != null && !broken;
  }

  /** Puts in force what was kept; whether there was anything. */
  boolean restore(SnapshotStore store, ChangesReader reader, Pages pages) {
    if (file == null) {
      return false;
    }
    try {
      boolean any = file.read(entry -> restore(entry, store, reader, pages));
      if (any) {
        log.info("Definitions kept from before are in force until the service answers");
      }
      return any;
    } catch (IOException | UncheckedIOException e) {
      log.warn("Definitions kept from before cannot be used: {}", e.getMessage());
      return false;
    }
  }

  private static void restore(Entry entry, SnapshotStore store, ChangesReader reader, Pages pages) {
    try {
      byte[] document = entry.document();
      switch (entry.kind()) {
        case CHANGES -> pages.apply(reader.read(document));
        case FLAG -> pages.apply(reader.readFlag(document), entry.version());
        case RULE_BASED_SEGMENT ->
            pages.applyRuleBased(reader.readRuleBasedSegment(document), entry.version());
        case SEGMENT -> {
          Segment held = store.current().segment(entry.name());
          Segment before = held == null ? Segment.empty(entry.name()) : held;
          var change = new SegmentReader(Sanitizing.NONE).read(document);
          store.apply(Change.segments(List.of(change.applyTo(before, change.till()))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a new file; the old one stays until {@link #complete()}. */
  void begin() {
    write(
        kept -> {
          if (!kept.begin()) {
            broken = true;
            log.info("Another process keeps the definitions; this one only reads them");
          }
        });
  }

  /** Adds a document. */
  void add(Entry entry) {
    int size = entry.document().length;
    if (!wanted() || waiting.addAndGet(size) > MOST_WAITING) {
      fail("the disk is too slow");
      return;
    }
    write(
        kept -> {
          waiting.addAndGet(-size);
          if (!kept.add(entry)) {
            fail("it would grow too long");
          }
        });
  }

  /** All there is has been added. */
  void complete() {
    write(KeptFile::complete);
  }

  /** Writes no more. */
  void close() {
    disk.execute(this::closeFile);
  }

  private void closeFile() {
    broken = true;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        log.debug("The file of kept definitions cannot be closed", e);
      }
    }
  }

  private void write(Step step) {
    KeptFile kept = file;
    if (kept != null && !broken) {
      disk.execute(() -> attempt(step, kept));
    }
  }

  private void attempt(Step step, KeptFile kept) {
    if (broken) {
      return;
    }
    try {
      step.on(kept);
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** What is in the file stays good; it only grows older. */
  private void fail(String why) {
    if (file != null && !broken) {
      broken = true;
      log.warn("Definitions are not kept any more until the next start: {}", why);
    }
  }

  @FunctionalInterface
  private interface Step {
    void on(KeptFile file) throws IOException;
  }
}
