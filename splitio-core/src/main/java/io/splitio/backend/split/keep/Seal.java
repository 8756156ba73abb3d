package io.splitio.backend.split.keep;

import javax.crypto.Mac;

/**
 * Seals the entries of one file with HMAC-SHA256, each together with all before it, so that none
 * can be changed, left out or moved. For one thread at a time.
 */
final class Seal {
  static final int LENGTH = 32;

  private final Mac mac;
  private byte[] last;

  Seal(Mac mac, byte[] mark) {
    this.mac = mac;
    this.last = mac.doFinal(mark);
  }

  /** The seal of the next entry. */
  byte[] next(Entry entry) {
    mac.update(last);
    mac.update(entry.head());
    entry.parts().forEach(mac::update);
    return mac.doFinal();
  }

  /** The seal of the last entry. */
  byte[] last() {
    return last;
  }

  /** The entry that was sealed so is the last one now. */
  void advance(byte[] seal) {
    last = seal;
  }
}
