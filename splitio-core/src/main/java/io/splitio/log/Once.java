package io.splitio.log;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers of what was told already, up to a thousand different things. Any thread may ask.
 *
 * <p>A flag that does not exist is asked for with every request, and to find and compare its name
 * among those told takes a third of the whole answer. Therefore hashes are looked at first: of two
 * names with the same one, as {@code Aa} and {@code BB}, the second may be taken for told, which
 * costs a line of the log.
 */
public final class Once {
  private static final int MOST = 1_000;
  private static final int LONGEST = 256;
  private static final int PLACES = 4 * 1_024; // more, as names that are counted have like hashes

  private final Set<String> told = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private final int[] lately = new int[PLACES]; // hashes; any thread's value is as good

  /** Nothing was told yet. */
  public Once() {}

  /** Whether nothing more can be remembered, so that nothing is new. */
  public boolean isFull() {
    return told.size() >= MOST;
  }

  /** Whether this was not told before, and there is room to remember it. */
  public boolean isNew(String what) {
    String kept = what.length() > LONGEST ? what.substring(0, LONGEST) : what;
    int hash = kept.hashCode();
    int place = hash & PLACES - 1;
    if (hash != 0 && lately[place] == hash) {
      return false;
    }
    boolean isNew = !told.contains(kept) && !isFull() && told.add(kept);
    lately[place] = hash;
    return isNew;
  }
}
