/** What the Redis backend costs beside memory and beside Redis itself. */
@NullMarked
package io.splitio.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
