package io.splitio;

import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.split.SplitConnector;
import io.splitio.client.Decisions;
import io.splitio.record.Recorder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SDK instance: where flags come from, the client that evaluates them, and its end.
 *
 * <p>Make one per environment, keep it as long as the application runs, and close it. Safe for use
 * by any number of threads.
 */
public final class SplitFactory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("splitio");
  private static final String LOCALHOST = "localhost";

  private final Instance instance;

  private SplitFactory(Instance instance) {
    this.instance = instance;
  }

  /**
   * Starts an instance with default settings.
   *
   * @param sdkKey the server-side SDK key of an environment in Split's cloud; or {@code localhost}
   *     for flags from the file {@code .split} in the user's home directory
   * @throws IllegalArgumentException when the key is null, empty or no key
   */
  public static SplitFactory create(String sdkKey) {
    return create(sdkKey, SplitConfig.defaults());
  }

  /**
   * Starts an instance.
   *
   * @param sdkKey the server-side SDK key of an environment in Split's cloud; or {@code localhost}
   *     for flags from the file {@code .split} in the user's home directory
   * @throws IllegalArgumentException when the key is null, empty or no key
   */
  public static SplitFactory create(String sdkKey, SplitConfig config) {
    return create(connector(sdkKey), config);
  }

  /** Starts an instance with default settings. */
  public static SplitFactory create(Connector connector) {
    return create(connector, SplitConfig.defaults());
  }

  /**
   * Starts an instance: returns at once and goes on in the background.
   *
   * @throws IllegalArgumentException when a setting of the connector is wrong, or an argument null
   */
  public static SplitFactory create(Connector connector, SplitConfig config) {
    if (connector == null || config == null) {
      throw new IllegalArgumentException(
          (connector == null ? "connector" : "config")
              + " is null; give one, such as LocalhostConnector.defaults() and"
              + " SplitConfig.defaults()");
    }
    return create(connector, config, UnaryOperator.identity());
  }

  /** Starts an instance whose timers go off at another pace. */
  static SplitFactory create(
      Connector connector, SplitConfig config, UnaryOperator<ScheduledExecutorService> pace) {
    return new SplitFactory(Instance.start(connector, fitting(connector, config), pace));
  }

  private static SplitConfig fitting(Connector connector, SplitConfig config) {
    if (config.flagSets().isEmpty() || connector.loadsChosenFlagSets()) {
      return config;
    }
    log.warn(
        "The filter of flag sets {} is ignored: which flags there are is chosen elsewhere, as in the"
            + " Split Synchronizer",
        config.flagSets());
    return config.withFlagSets(Set.of());
  }

  /** What became of all impressions and events so far. */
  Recorder.Accounts accounts() {
    return instance.accounts();
  }

  /** The client; always the same one. */
  public SplitClient client() {
    return instance.client();
  }

  /** What other clients than Split's are made of; applications have no use for it. */
  public Decisions decisions() {
    return instance.answers().decisions(instance.backend().source(), instance.surroundings());
  }

  /** The manager; always the same one. */
  public SplitManager manager() {
    return instance.manager();
  }

  /**
   * Completes when the instance is ready; fails with {@link IllegalStateException} when waiting is
   * in vain, because flags cannot be loaded before a person mends something (the message says what,
   * and {@link #health()} is fatal) or FeatBit sent what is no JSON, and when the instance is
   * destroyed before. After a {@link #retryNow()} it is in vain only once that attempt has failed
   * for such a reason, too.
   *
   * <p>Each call returns a future of its own. What depends on it runs on no thread of the SDK, and
   * may take its time.
   */
  public CompletableFuture<Void> ready() {
    return instance.readiness().ready();
  }

  /**
   * Waits until the instance is ready, for the whole time even if flags cannot be loaded; {@link
   * #ready()} tells that at once. Where FeatBit refuses the secret, or sends what is no JSON, it
   * does not wait either, until an attempt succeeds or {@link #retryNow()} begins one.
   *
   * @param timeout longer than zero; a very long one is for ever
   * @throws TimeoutException when it is not in time, or waiting is in vain; the message says what
   *     keeps it, and it works on in the background
   * @throws InterruptedException when the waiting thread is interrupted
   * @throws IllegalStateException after destroy
   */
  public void blockUntilReady(Duration timeout) throws TimeoutException, InterruptedException {
    instance.readiness().await(timeout);
  }

  /** Where the instance is in its life. */
  public SdkStatus status() {
    return instance.readiness().status();
  }

  /** What the instance says of itself now. Takes no lock and does no I/O. */
  public SdkHealth health() {
    return instance.health();
  }

  /**
   * Stops for now, within the configured shutdown time: delivers what is queued and leaves no
   * socket, thread or timer behind, so that the process can be checkpointed or forked. Evaluations
   * go on with the definitions there are, and what they record waits. Twice is harmless.
   */
  public void suspend() {
    instance.suspend();
  }

  /**
   * Goes on after {@link #suspend()}: synchronises, connects, sends. Who waits from then on waits
   * for that, as after {@link #retryNow()}. Otherwise does nothing.
   */
  public void resume() {
    instance.resume();
  }

  /**
   * Tries at once whatever waits for its next attempt after a failure, as after mending an SDK key
   * or a network. Who waits for the instance from then on, or for the state of FeatBit, waits for
   * that attempt, though it was in vain before; where there is none to make, as in a suspended
   * instance, with files of localhost mode, or while a source of the application's own has a
   * session that told of no trouble, it stays in vain.
   */
  public void retryNow() {
    instance.retryNow();
  }

  /**
   * Stops the instance for good, within the configured time: takes nothing any more, delivers what
   * is queued, closes everything. Afterwards evaluations answer the fallback treatment or control.
   * Twice is harmless: the second caller waits until the first is done. A listener may call it, and
   * does not wait then.
   */
  public void destroy() {
    instance.destroy();
  }

  /** Does the same in the background. What depends on the future runs on no thread of the SDK. */
  public CompletableFuture<Void> destroyAsync() {
    return instance.destroyAsync();
  }

  /** Whether destroy was called. */
  public boolean isDestroyed() {
    return instance.readiness().isDestroyed();
  }

  /** Equals {@link #destroy()}. */
  @Override
  public void close() {
    destroy();
  }

  private static Connector connector(@Nullable String sdkKey) {
    return LOCALHOST.equals(sdkKey) ? LocalhostConnector.defaults() : SplitConnector.sdkKey(sdkKey);
  }
}
