package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioProperties.Block;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Waits for flags before the web server takes traffic, and passes changes of flags on while the
 * application runs.
 *
 * <p>It does not destroy the SDK: its bean is destroyed after everything with a life cycle has
 * stopped, so requests that the web server still serves while it drains are decided as ever.
 */
final class SplitioLifecycle implements SmartLifecycle, DisposableBean {
  /** Below the web server's phases, which are 1024 and 2048 less than the default. */
  static final int PHASE = DEFAULT_PHASE - 4096;

  private final SplitFactory factory;
  private final SplitioProperties.Ready ready;
  private final FlagChangeRelay relay;

  private volatile boolean running;

  SplitioLifecycle(SplitFactory factory, SplitioProperties.Ready ready, FlagChangeRelay relay) {
    this.factory = factory;
    this.ready = ready;
    this.relay = relay;
  }

  @Override
  public void start() {
    if (ready.block() == Block.STARTUP) {
      new ReadyWait(factory, ready).await();
    }
    relay.open();
    running = true;
  }

  @Override
  public void stop() {
    relay.close();
    running = false;
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
