/** Connections to Redis, and what can go wrong. */
@NullMarked
package io.splitio.backend.redis.link;

import org.jspecify.annotations.NullMarked;
