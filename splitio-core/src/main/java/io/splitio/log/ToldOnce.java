package io.splitio.log;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which troubles were told before, so that each is told once. Safe for use by any thread. */
public final class ToldOnce {
  private static final int MOST_TROUBLES = 1_000;
  private static final int LONGEST = 256;

  private final Set<String> told = Collections.newSetFromMap(new ConcurrentHashMap<>());

  /** Nothing was told yet. */
  public ToldOnce() {}

  /**
   * Whether this trouble was not told before. Troubles that begin with the same 256 characters are
   * one. Beyond 1,000 different ones, none is new.
   */
  public boolean isNew(String trouble) {
    String kept = trouble.length() > LONGEST ? trouble.substring(0, LONGEST) : trouble;
    return !told.contains(kept) && told.size() < MOST_TROUBLES && told.add(kept);
  }
}
