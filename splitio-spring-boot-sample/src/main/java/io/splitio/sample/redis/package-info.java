/**
 * The profile {@code redis}: a Redis beside the shop, filled as the Split Synchronizer fills it.
 */
@NullMarked
package io.splitio.sample.redis;

import org.jspecify.annotations.NullMarked;
