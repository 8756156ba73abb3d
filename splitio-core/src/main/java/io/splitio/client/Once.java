package io.splitio.client;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers of what was told already, up to a thousand different things. Any thread may ask. */
final class Once {
  private static final int MOST = 1_000;
  private static final int LONGEST = 256;

  private final Set<String> told = Collections.newSetFromMap(new ConcurrentHashMap<>());

  /** Whether this was not told before, and there is room to remember it. */
  boolean isNew(String what) {
    String kept = what.length() > LONGEST ? what.substring(0, LONGEST) : what;
    return !told.contains(kept) && told.size() < MOST && told.add(kept);
  }
}
