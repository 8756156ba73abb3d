/** What happened, into Redis, as the Synchronizer reads it. */
@NullMarked
package io.splitio.backend.redis.write;

import org.jspecify.annotations.NullMarked;
