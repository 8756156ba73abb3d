package io.splitio;

import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Connector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** One SDK instance. Make one per environment and keep it as long as the application runs. */
public final class SplitFactory implements AutoCloseable {
  private SplitFactory() {}

  /**
   * Starts an instance with default settings; the key {@code localhost} reads flags from {@code
   * .split} in the user's home directory.
   */
  public static SplitFactory create(String sdkKey) {
    throw new UnsupportedOperationException();
  }

  /** Starts an instance for a key. */
  public static SplitFactory create(String sdkKey, SplitConfig config) {
    throw new UnsupportedOperationException();
  }

  /** Starts an instance; returns at once and goes on in the background. */
  public static SplitFactory create(Connector connector, SplitConfig config) {
    throw new UnsupportedOperationException();
  }

  /** The client; always the same one. */
  public SplitClient client() {
    throw new UnsupportedOperationException();
  }

  /** The manager; always the same one. */
  public SplitManager manager() {
    throw new UnsupportedOperationException();
  }

  /**
   * Completes when the instance is ready; fails with IllegalStateException when it is destroyed
   * before.
   */
  public CompletableFuture<Void> ready() {
    throw new UnsupportedOperationException();
  }

  /** Waits until the instance is ready. */
  public void blockUntilReady(Duration timeout) throws TimeoutException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Where the instance is in its life. */
  public SdkStatus status() {
    throw new UnsupportedOperationException();
  }

  /** What the instance says of itself now. Takes no lock and does no I/O. */
  public SdkHealth health() {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops the instance for good within the configured time: delivers what is queued, then closes
   * everything. Twice is harmless.
   */
  public void destroy() {
    throw new UnsupportedOperationException();
  }

  /** The same, in the background. */
  public CompletableFuture<Void> destroyAsync() {
    throw new UnsupportedOperationException();
  }

  /** Whether destroy was called. */
  public boolean isDestroyed() {
    throw new UnsupportedOperationException();
  }

  /** Equals {@link #destroy()}. */
  @Override
  public void close() {
    destroy();
  }
}
