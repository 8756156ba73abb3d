package io.splitio.backend.featbit;

import java.util.Map;

/**
 * Keeps the definitions of a FeatBit environment where an application wants them kept, such as a
 * database, so that an instance can start without FeatBit. It is beneath what is evaluated, which
 * is in memory: no evaluation waits for it, and what it does not take is told and tried again,
 * while flags are followed all the same.
 *
 * <p>Ids are {@code flag/<key>} and {@code segment/<id>}. What is kept is the JSON of each as it
 * was sent; those that are archived are among them, and say so. Of what cannot be read, the last
 * that could stays kept.
 *
 * <p>Calls are made on a thread of the SDK that is there for this store alone, one at a time and in
 * order, and may take the time they need: what changes meanwhile becomes one call, the next. What
 * waits is written at the end of the SDK, within an eighth of the shutdown timeout or more, and
 * before a suspension, within 2 s; a call that takes longer is interrupted. Of an exception the
 * class is told, its text is not, which may hold secrets.
 *
 * @see FeatBitConnector#store(DefinitionStore)
 */
public interface DefinitionStore {

  /**
   * All that was kept; empty when nothing was. Called once, at the start, before anything else; it
   * is not tried again, nor is one that takes longer than a suspension waits.
   *
   * @throws Exception when that is not known; then there are no flags before FeatBit answers
   */
  Map<String, String> load() throws Exception;

  /**
   * Keeps exactly these. Best done in one step: what is kept should be a whole set at any time.
   *
   * @param all an unmodifiable map that belongs to the store
   * @throws Exception when it was not done; it is tried again, with what changed since
   */
  void replace(Map<String, String> all) throws Exception;

  /**
   * Keeps these besides; each takes the place of the one of the same id.
   *
   * @param changed an unmodifiable map that belongs to the store
   * @throws Exception when it was not done; it is tried again, with what changed since
   */
  void put(Map<String, String> changed) throws Exception;
}
