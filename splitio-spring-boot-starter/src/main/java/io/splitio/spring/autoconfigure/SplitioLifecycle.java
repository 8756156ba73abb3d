package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioProperties.Block;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Waits for flags before the web server takes traffic, passes changes of flags on while the
 * application runs, and lays the SDK to rest while it is stopped.
 *
 * <p>A context that is stopped may be started again, or its process be checkpointed: until then the
 * SDK has no thread, socket or timer, and flags are decided by what was loaded. A context that
 * closes, or fails to start, is not stopped in this sense. The SDK's bean is destroyed after
 * everything with a life cycle has stopped, so requests that the web server still serves while it
 * drains are decided as ever, and what they leave to be delivered is delivered once.
 */
final class SplitioLifecycle
    implements SmartLifecycle,
        SmartInitializingSingleton,
        DisposableBean,
        ApplicationListener<ContextRefreshedEvent> {
  /** Below the web server's phases, which are 1024 and 2048 less than the default. */
  static final int PHASE = DEFAULT_PHASE - 4096;

  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  private static final long AT_ONCE_MILLIS = 1_000;

  private final SplitFactory factory;
  private final SplitioProperties properties;
  private final ReadyWait ready;
  private final FlagChangeRelay relay;
  private final BooleanSupplier closing;

  private volatile Duration patience;
  private volatile long loadedAt;
  private volatile boolean running;
  private volatile boolean refreshed;

  SplitioLifecycle(
      SplitFactory factory,
      SplitioProperties properties,
      ReadyWait ready,
      FlagChangeRelay relay,
      BooleanSupplier closing) {
    this.factory = factory;
    this.properties = properties;
    this.ready = ready;
    this.relay = relay;
    this.closing = closing;
    this.patience = ready.timeout();
  }

  /**
   * A checkpoint between this and the start finds flags, if there are any, and nothing that runs.
   */
  @Override
  public void afterSingletonsInstantiated() {
    if (properties.startSuspended()) {
      long before = System.nanoTime();
      load();
      patience = patience.minusNanos(System.nanoTime() - before);
      loadedAt = System.currentTimeMillis();
      factory.suspend();
    }
  }

  private void load() {
    try {
      ready.await(patience);
    } catch (SplitioStartException withoutFlags) {
      if (properties.ready().block() == Block.STARTUP) {
        throw withoutFlags;
      }
      LOG.warn("{} The application starts without flags", withoutFlags.getMessage());
    }
  }

  @Override
  public void start() {
    factory.resume();
    if (System.currentTimeMillis() - loadedAt > AT_ONCE_MILLIS) {
      patience =
          ready.timeout(); // a checkpoint may lie between, and where it was made says nothing
    }
    if (properties.ready().block() == Block.STARTUP && patience.compareTo(Duration.ZERO) > 0) {
      ready.await(patience);
    }
    patience = ready.timeout(); // another start waits as long as the first
    relay.open();
    running = true;
  }

  @Override
  public void stop() {
    relay.close();
    if (refreshed && !closing.getAsBoolean()) { // else the SDK's end comes next, and delivers
      factory.suspend();
    }
    running = false;
  }

  /** Until then a stop means that the start has failed. */
  @Override
  public void onApplicationEvent(ContextRefreshedEvent started) {
    refreshed = true;
  }

  /** Before the SDK is destroyed, which the listeners may use. */
  @Override
  public void destroy() {
    relay.destroy();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
