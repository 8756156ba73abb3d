package io.splitio.benchmarks.contest;

import io.split.client.impressions.ImpressionsManager.Mode;
import io.splitio.api.ImpressionMode;
import java.util.Arrays;

/** Who takes part. */
public enum Entry {
  /** This SDK in its default mode. */
  OURS("splitio for the JVM, OPTIMIZED", url -> ThisSdk.cloud(ImpressionMode.OPTIMIZED, url)),
  /** This SDK, every impression sent. */
  OURS_DEBUG("splitio for the JVM, DEBUG", url -> ThisSdk.cloud(ImpressionMode.DEBUG, url)),
  /** This SDK, no impressions. */
  OURS_NONE("splitio for the JVM, NONE", url -> ThisSdk.cloud(ImpressionMode.NONE, url)),
  /** This SDK with a file. */
  OURS_LOCALHOST("splitio for the JVM, localhost", url -> ThisSdk.localhost()),
  /** The official SDK in its default mode. */
  OFFICIAL(
      "official Split Java SDK 4.18.2, OPTIMIZED", url -> OfficialSdk.cloud(Mode.OPTIMIZED, url)),
  /** The official SDK, every impression sent. */
  OFFICIAL_DEBUG(
      "official Split Java SDK 4.18.2, DEBUG", url -> OfficialSdk.cloud(Mode.DEBUG, url)),
  /** The official SDK, no impressions. */
  OFFICIAL_NONE("official Split Java SDK 4.18.2, NONE", url -> OfficialSdk.cloud(Mode.NONE, url)),
  /** The official SDK with a file. */
  OFFICIAL_LOCALHOST("official Split Java SDK 4.18.2, localhost", url -> OfficialSdk.localhost()),
  /** LaunchDarkly with what it records. */
  LAUNCHDARKLY("LaunchDarkly 7.13.0, with events", url -> LaunchDarkly.withEvents()),
  /** LaunchDarkly without. */
  LAUNCHDARKLY_SILENT("LaunchDarkly 7.13.0, without events", url -> LaunchDarkly.withoutEvents()),
  /** Unleash. */
  UNLEASH("Unleash 12.2.3", url -> UnleashSdk.start()),
  /** ConfigCat. */
  CONFIGCAT("ConfigCat 9.4.3", url -> ConfigCat.start()),
  /** OpenFeature without any service. */
  OPENFEATURE("OpenFeature 1.22.0, in-memory provider", url -> OpenFeature.start()),
  /** Togglz. */
  TOGGLZ("Togglz 4.6.1", url -> TogglzManager.start()),
  /** The least that deciding takes. */
  FLOOR("bare floor", url -> new BareFloor()),
  /** The least that recording takes as well. */
  RECORDING_FLOOR("floor with recording", url -> new RecordingFloor());

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // a function that captures nothing
  private final Start start;

  Entry(String title, Start start) {
    this.title = title;
    this.start = start;
  }

  @FunctionalInterface
  private interface Start {
    Contestant ready(String url) throws Exception;
  }

  /** Its name and version, for people. */
  public String title() {
    return title;
  }

  /** Starts it against the cloud at an address, if it needs one, and waits until it is ready. */
  public Contestant ready(String url) throws Exception {
    return start.ready(url);
  }

  /**
   * Whether it gives each key the same treatment as the floor: the others hash in their own way.
   */
  public boolean decidesAsTheFloor() {
    return switch (this) {
      case LAUNCHDARKLY, LAUNCHDARKLY_SILENT, UNLEASH, CONFIGCAT, TOGGLZ -> false;
      default -> true;
    };
  }

  /** Those that know Split's definitions, and the floors. */
  public static Entry[] ofSplit() {
    return Arrays.stream(values()).filter(entry -> !entry.isOfOthers()).toArray(Entry[]::new);
  }

  /** All others. */
  public static Entry[] ofOthers() {
    return Arrays.stream(values()).filter(Entry::isOfOthers).toArray(Entry[]::new);
  }

  private boolean isOfOthers() {
    return !decidesAsTheFloor() || this == OPENFEATURE;
  }
}
