package io.splitio.api;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Shows the flags that are known. After destroy it knows none. */
public interface SplitManager {

  /** All flags, in no particular order. */
  List<SplitView> splits();

  /** One flag, or null when it is not known or the name is not valid. */
  @Nullable SplitView split(String flag);

  /** The names of all flags, in no particular order. */
  List<String> splitNames();

  /**
   * Waits until the SDK is ready, at most for the configured time.
   *
   * @throws TimeoutException when that time has passed; works on in the background
   * @throws InterruptedException when the waiting thread is interrupted
   * @throws IllegalStateException after destroy
   */
  void blockUntilReady() throws TimeoutException, InterruptedException;

  /** The same, answered later. */
  AsyncSplitManager async();
}
