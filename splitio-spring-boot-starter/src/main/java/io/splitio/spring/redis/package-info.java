/** Flags from a Redis that the Split Synchronizer fills: {@code splitio.redis.*}. */
@NullMarked
package io.splitio.spring.redis;

import org.jspecify.annotations.NullMarked;
