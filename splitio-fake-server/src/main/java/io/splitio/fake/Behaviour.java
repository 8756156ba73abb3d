package io.splitio.fake;

import java.util.Set;

/** How the service behaves where services may differ; may be changed while it runs. */
public final class Behaviour {
  private volatile int pageSize = Integer.MAX_VALUE;
  private volatile int segmentPageSize = Integer.MAX_VALUE;
  private volatile boolean oldProxy;
  private volatile boolean compress = true;
  private volatile Set<String> keys = Set.of();

  Behaviour() {}

  /** The most definitions in one page of {@code splitChanges}; unlimited at the start. */
  public Behaviour pageSize(int definitions) {
    this.pageSize = positive(definitions);
    return this;
  }

  /**
   * The number of keys after which a page of {@code segmentChanges} ends; unlimited at the start. A
   * page holds whole changes, so that a single large change makes a larger page.
   */
  public Behaviour segmentPageSize(int keysPerPage) {
    this.segmentPageSize = positive(keysPerPage);
    return this;
  }

  /** From now on the service knows nothing newer than specification 1.2 and answers 400 to 1.3. */
  public Behaviour actAsOldProxy() {
    this.oldProxy = true;
    return this;
  }

  /** The service knows specification 1.3, as at the start. */
  public Behaviour actAsCloud() {
    this.oldProxy = false;
    return this;
  }

  /** Compresses answers for those who accept gzip, as at the start. */
  public Behaviour compress() {
    this.compress = true;
    return this;
  }

  /** Compresses nothing. */
  public Behaviour doNotCompress() {
    this.compress = false;
    return this;
  }

  /** Only these SDK keys are accepted, others are answered 401; without any, all are accepted. */
  public Behaviour acceptKeys(String... sdkKeys) {
    this.keys = Set.of(sdkKeys);
    return this;
  }

  int pageSize() {
    return pageSize;
  }

  int segmentPageSize() {
    return segmentPageSize;
  }

  boolean oldProxy() {
    return oldProxy;
  }

  boolean compresses() {
    return compress;
  }

  boolean accepts(String authorization) {
    String prefix = "Bearer ";
    if (!authorization.startsWith(prefix) || authorization.length() == prefix.length()) {
      return false;
    }
    return keys.isEmpty() || keys.contains(authorization.substring(prefix.length()));
  }

  /** What answers to reads depend on. */
  String version() {
    return pageSize + "/" + segmentPageSize + "/" + oldProxy;
  }

  private static int positive(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a page holds at least 1, not " + number);
    }
    return number;
  }
}
