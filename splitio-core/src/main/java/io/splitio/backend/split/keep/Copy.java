package io.splitio.backend.split.keep;

import io.splitio.backend.split.keep.Entry.Kind;
import io.splitio.codec.Changes;
import io.splitio.codec.SegmentChange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a document as it is read, and keeps it once it is accepted. One thread reads; it may be
 * dropped by another.
 */
public final class Copy {
  private static final int PART = 64 * 1024;

  private final @Nullable Keeper keeper;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] part = {};
  private int used;
  private long length;
  private boolean over;

  private Copy(@Nullable Keeper keeper) {
    this.keeper = keeper;
    this.over = keeper == null;
  }

  /** Nothing is remembered yet; without a keeper nothing ever is. */
  public static Copy by(@Nullable Keeper keeper) {
    return new Copy(keeper);
  }

  /** The same document, remembered while it is read. */
  public InputStream of(InputStream document) {
    return keeper == null ? document : new Reading(document);
  }

  /** Keeps a page that was put in force, if it said anything new. */
  public void keep(Changes page) {
    if (isNews(page.flags()) || isNews(page.ruleBasedSegments())) {
      keep(Kind.CHANGES, "");
    }
  }

  private static boolean isNews(Changes.Section<?> section) {
    return section.since() != section.till()
        || !section.active().isEmpty()
        || !section.removed().isEmpty();
  }

  /** Keeps what was put in force about a segment, if it said anything new. */
  public void keep(String segment, SegmentChange change) {
    if (change.since() != change.till()) {
      keep(Kind.SEGMENT, segment);
    }
  }

  private synchronized void keep(Kind kind, String name) {
    if (keeper != null && !over) {
      over = true;
      keeper.addReserved(new Entry(kind, name, 0, parts()));
    }
  }

  /** Forgets what was not kept. */
  public synchronized void drop() {
    if (keeper != null && !over) {
      keeper.giveBack(length);
    }
    over = true;
    full.clear();
    part = new byte[0];
    used = 0;
  }

  private synchronized void take(byte[] from, int offset, int count) {
    if (keeper == null || over) {
      return;
    }
    length += count;
    if (!keeper.reserve(count, length)) {
      drop();
      return;
    }
    int done = 0;
    while (done < count) {
      if (used == part.length) {
        next();
      }
      int step = Math.min(count - done, part.length - used);
      System.arraycopy(from, offset + done, part, used, step);
      used += step;
      done += step;
    }
  }

  private void next() {
    boolean first = part.length == 0;
    if (!first) {
      full.add(part);
    }
    part = new byte[first ? PART / 8 : PART];
    used = 0;
  }

  /** What was read, in pieces. */
  private List<byte[]> parts() {
    List<byte[]> parts = new ArrayList<>(full);
    parts.add(Arrays.copyOf(part, used));
    return parts;
  }

  /** Reads a document into the copy. */
  private final class Reading extends FilterInputStream {
    private Reading(InputStream document) {
      super(document);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        take(new byte[] {(byte) one}, 0, 1);
      }
      return one;
    }

    @Override
    public int read(byte[] to, int offset, int wanted) throws IOException {
      int count = super.read(to, offset, wanted);
      if (count > 0) {
        take(to, offset, count);
      }
      return count;
    }

    /** What is skipped is read, as it belongs to the copy. */
    @Override
    public long skip(long wanted) throws IOException {
      byte[] skipped = new byte[(int) Math.min(Math.max(wanted, 0), 8 * 1024)];
      return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
