/** Flags out of Redis: what one question needs, gathered level by level, and copies of it. */
@NullMarked
package io.splitio.backend.redis.read;

import org.jspecify.annotations.NullMarked;
