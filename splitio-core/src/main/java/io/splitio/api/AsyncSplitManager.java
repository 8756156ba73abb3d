package io.splitio.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Shows the flags that are known, later: for backends that ask a server. The futures never fail.
 */
public interface AsyncSplitManager {

  /** All flags, in no particular order. */
  CompletableFuture<List<SplitView>> splits();

  /** One flag, or empty when it is not known or the name is not valid. */
  CompletableFuture<Optional<SplitView>> split(String flag);

  /** The names of all flags, in no particular order. */
  CompletableFuture<List<String>> splitNames();
}
