package io.splitio;

import io.splitio.api.DateUnit;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.FlagChangeListener;
import io.splitio.api.ImpressionListener;
import io.splitio.api.ImpressionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an SDK instance that do not depend on its backend. Immutable: each {@code with…}
 * method returns a changed copy.
 *
 * @param readyTimeout how long {@code blockUntilReady()} waits; positive, default 10 s
 * @param shutdownTimeout how long destroy may take; positive, default 5 s
 * @param staleAfter without a successful synchronisation for so long the status is {@code STALE};
 *     positive, default 10 min
 * @param flagSets the only flag sets to load; empty, the default, means all flags
 * @param labelsEnabled whether impressions carry labels; default true
 * @param dateUnit the unit of plain numbers in date rules; default milliseconds
 * @param fallbackTreatments what is answered instead of control; default none
 * @param impressionListeners hear of every impression; default none
 * @param impressionListenerQueueSize how many impressions may wait for the listeners; 1 or more,
 *     default 10,000
 * @param flagChangeListeners hear when flags change; default none
 * @param lossListeners hear at the end what was never delivered; default none
 * @param instanceName names this process in what is reported; null, the default, means the host's
 *     name
 * @param shutdownHook whether the instance is destroyed when the JVM ends; default true
 * @param reporting what is reported to the service, and how often
 * @param startSuspended whether the instance loads once and then leaves nothing running until it is
 *     resumed; default false
 * @param threadFactory makes the threads of the SDK, which names them; null, the default, means
 *     daemon threads
 */
public record SplitConfig(
    Duration readyTimeout,
    Duration shutdownTimeout,
    Duration staleAfter,
    Set<String> flagSets,
    boolean labelsEnabled,
    DateUnit dateUnit,
    FallbackTreatments fallbackTreatments,
    List<ImpressionListener> impressionListeners,
    int impressionListenerQueueSize,
    List<FlagChangeListener> flagChangeListeners,
    List<LossListener> lossListeners,
    @Nullable String instanceName,
    boolean shutdownHook,
    ReportingSettings reporting,
    boolean startSuspended,
    @Nullable ThreadFactory threadFactory) {

  private static final SplitConfig DEFAULTS =
      new SplitConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Set.of(),
          true,
          DateUnit.MILLISECONDS,
          FallbackTreatments.none(),
          List.of(),
          10_000,
          List.of(),
          List.of(),
          null,
          true,
          ReportingSettings.DEFAULTS,
          false,
          null);

  /**
   * Copies the collections and checks the values. Null flag sets mean no filter; a flag set that is
   * not valid is left out, with a warning, when an instance is made.
   *
   * @throws IllegalArgumentException when a value is null or out of range
   */
  public SplitConfig {
    positive("readyTimeout", readyTimeout);
    positive("shutdownTimeout", shutdownTimeout);
    positive("staleAfter", staleAfter);
    if (impressionListenerQueueSize < 1) {
      throw new IllegalArgumentException(
          "impressionListenerQueueSize is "
              + impressionListenerQueueSize
              + "; it must be at least 1");
    }
    flagSets =
        flagSets == null ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(flagSets));
    required("dateUnit", dateUnit);
    required("fallbackTreatments", fallbackTreatments);
    required("reporting", reporting);
    impressionListeners = listeners("impressionListeners", impressionListeners);
    flagChangeListeners = listeners("flagChangeListeners", flagChangeListeners);
    lossListeners = listeners("lossListeners", lossListeners);
  }

  /** The defaults. */
  public static SplitConfig defaults() {
    return DEFAULTS;
  }

  /** Sets how long {@code blockUntilReady()} waits. */
  public SplitConfig withReadyTimeout(Duration timeout) {
    return with(draft -> draft.readyTimeout = timeout);
  }

  /** Sets how long destroy may take. */
  public SplitConfig withShutdownTimeout(Duration timeout) {
    return with(draft -> draft.shutdownTimeout = timeout);
  }

  /**
   * Sets for how long definitions may go without a successful synchronisation before the status
   * says so.
   */
  public SplitConfig withStaleAfter(Duration duration) {
    return with(draft -> draft.staleAfter = duration);
  }

  /** Sets the only flag sets to load; none, or null, means all flags. */
  public SplitConfig withFlagSets(@Nullable Set<String> sets) {
    return with(draft -> draft.flagSets = sets == null ? Set.of() : sets);
  }

  /** Leaves the labels of rules out of impressions. */
  public SplitConfig withoutLabels() {
    return with(draft -> draft.labelsEnabled = false);
  }

  /** Sets the unit of plain numbers in date rules. */
  public SplitConfig withDateUnit(DateUnit unit) {
    return with(draft -> draft.dateUnit = unit);
  }

  /** Sets what is answered instead of control. */
  public SplitConfig withFallbackTreatments(FallbackTreatments treatments) {
    return with(draft -> draft.fallbackTreatments = treatments);
  }

  /** Adds a listener to impressions. */
  public SplitConfig withImpressionListener(ImpressionListener listener) {
    return with(draft -> draft.impressionListeners.add(listener));
  }

  /** Sets how many impressions may wait for the listeners. */
  public SplitConfig withImpressionListenerQueueSize(int size) {
    return with(draft -> draft.impressionListenerQueueSize = size);
  }

  /** Adds a listener to changes of flags. */
  public SplitConfig withFlagChangeListener(FlagChangeListener listener) {
    return with(draft -> draft.flagChangeListeners.add(listener));
  }

  /** Adds a listener to what was never delivered, which is told at the end. */
  public SplitConfig withLossListener(LossListener listener) {
    return with(draft -> draft.lossListeners.add(listener));
  }

  /** Sets the name of this process in what is reported; null means the host's name. */
  public SplitConfig withInstanceName(@Nullable String name) {
    return with(draft -> draft.instanceName = name);
  }

  /** Leaves it to the application to destroy the instance before the JVM ends. */
  public SplitConfig withoutShutdownHook() {
    return with(draft -> draft.shutdownHook = false);
  }

  /** Sets how much is reported about the treatments that were served. */
  public SplitConfig withImpressionMode(ImpressionMode mode) {
    return reporting(draft -> draft.impressionMode = mode);
  }

  /** Sets how often impressions are sent; in mode OPTIMIZED at least 60 s, in DEBUG 1 s. */
  public SplitConfig withImpressionsRefreshRate(Duration period) {
    return reporting(draft -> draft.impressionsRefreshRate = period);
  }

  /** Sets how many impressions may wait to be sent; beyond it the newest are lost, and counted. */
  public SplitConfig withImpressionsQueueSize(int size) {
    return reporting(draft -> draft.impressionsQueueSize = size);
  }

  /** Sets how many impressions are sent at once, 5,000 at most. */
  public SplitConfig withImpressionsBulkSize(int size) {
    return reporting(draft -> draft.impressionsBulkSize = size);
  }

  /** Sets how many impressions are remembered, to send each but once an hour. */
  public SplitConfig withObserverSize(int size) {
    return reporting(draft -> draft.observerSize = size);
  }

  /** Sets how often events are sent. */
  public SplitConfig withEventsPushRate(Duration period) {
    return reporting(draft -> draft.eventsPushRate = period);
  }

  /** Sets how many events may wait to be sent; beyond it {@code track} answers false. */
  public SplitConfig withEventsQueueSize(int size) {
    return reporting(draft -> draft.eventsQueueSize = size);
  }

  /** Sets how many events are sent at once, 5,000 at most. */
  public SplitConfig withEventsBulkSize(int size) {
    return reporting(draft -> draft.eventsBulkSize = size);
  }

  /** Sets how often the SDK reports to the service how it is doing. */
  public SplitConfig withTelemetryRefreshRate(Duration period) {
    return reporting(draft -> draft.telemetryRefreshRate = period);
  }

  /** Reports nothing about the SDK itself to the service. */
  public SplitConfig withoutTelemetry() {
    return reporting(draft -> draft.telemetryRefreshRate = null);
  }

  /** Leaves the name and the address of this machine out of what is sent. */
  public SplitConfig withoutIpAddresses() {
    return reporting(draft -> draft.ipAddresses = false);
  }

  /** Loads once and then leaves nothing running until the instance is resumed. */
  public SplitConfig withStartSuspended() {
    return with(draft -> draft.startSuspended = true);
  }

  /** Sets what makes the threads of the SDK. */
  public SplitConfig withThreadFactory(ThreadFactory factory) {
    return with(draft -> draft.threadFactory = factory);
  }

  private SplitConfig reporting(Consumer<ReportingSettings.Draft> edit) {
    return with(draft -> draft.reporting = draft.reporting.with(edit));
  }

  private SplitConfig with(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.build();
  }

  private static void required(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is null; leave it out for the default");
    }
  }

  private static <T> List<T> listeners(String name, List<T> listeners) {
    required(name, listeners);
    List<T> copy = new ArrayList<>(listeners);
    copy.forEach(listener -> required("one of the " + name, listener));
    return Collections.unmodifiableList(copy);
  }

  private static void positive(String name, Duration duration) {
    required(name, duration);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %s; it must be longer than zero", name, duration));
    }
  }

  /** A copy to edit, so that a method that changes one setting names only that one. */
  private static final class Draft {
    private Duration readyTimeout;
    private Duration shutdownTimeout;
    private Duration staleAfter;
    private Set<String> flagSets;
    private boolean labelsEnabled;
    private DateUnit dateUnit;
    private FallbackTreatments fallbackTreatments;
    private final List<ImpressionListener> impressionListeners;
    private int impressionListenerQueueSize;
    private final List<FlagChangeListener> flagChangeListeners;
    private final List<LossListener> lossListeners;
    private @Nullable String instanceName;
    private boolean shutdownHook;
    private ReportingSettings reporting;
    private boolean startSuspended;
    private @Nullable ThreadFactory threadFactory;

    private Draft(SplitConfig config) {
      readyTimeout = config.readyTimeout;
      shutdownTimeout = config.shutdownTimeout;
      staleAfter = config.staleAfter;
      flagSets = config.flagSets;
      labelsEnabled = config.labelsEnabled;
      dateUnit = config.dateUnit;
      fallbackTreatments = config.fallbackTreatments;
      impressionListeners = new ArrayList<>(config.impressionListeners);
      impressionListenerQueueSize = config.impressionListenerQueueSize;
      flagChangeListeners = new ArrayList<>(config.flagChangeListeners);
      lossListeners = new ArrayList<>(config.lossListeners);
      instanceName = config.instanceName;
      shutdownHook = config.shutdownHook;
      reporting = config.reporting;
      startSuspended = config.startSuspended;
      threadFactory = config.threadFactory;
    }

    private SplitConfig build() {
      return new SplitConfig(
          readyTimeout,
          shutdownTimeout,
          staleAfter,
          flagSets,
          labelsEnabled,
          dateUnit,
          fallbackTreatments,
          impressionListeners,
          impressionListenerQueueSize,
          flagChangeListeners,
          lossListeners,
          instanceName,
          shutdownHook,
          reporting,
          startSuspended,
          threadFactory);
    }
  }
}
