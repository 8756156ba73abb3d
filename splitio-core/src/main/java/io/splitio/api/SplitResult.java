package io.splitio.api;

import org.jspecify.annotations.Nullable;

/**
 * A treatment with its dynamic configuration, an opaque text that is null where the treatment has
 * none.
 */
public record SplitResult(String treatment, @Nullable String config) {}
