/** Flags from a Redis that the Split Synchronizer fills, and what happened back into it. */
@NullMarked
package io.splitio.backend.redis;

import org.jspecify.annotations.NullMarked;
