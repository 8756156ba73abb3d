package io.splitio.flag;

/**
 * The percentage of keys that percentage rules are for.
 *
 * @param percent 0 to 100; 100 or more admits everybody, less than 1 nobody
 * @param hashing finds the bucket
 * @param seed of the bucket
 */
public record Allocation(int percent, Hashing hashing, int seed) {

  /** Whether a key is among them. */
  public boolean admits(String bucketingKey) {
    return admitsAll() || bucket(bucketingKey) <= percent;
  }

  /** Whether no bucket needs to be looked at. */
  public boolean admitsAll() {
    return percent >= 100;
  }

  /** The bucket that decides, 1 to 100. */
  public int bucket(String bucketingKey) {
    return hashing.bucket(bucketingKey, seed);
  }
}
