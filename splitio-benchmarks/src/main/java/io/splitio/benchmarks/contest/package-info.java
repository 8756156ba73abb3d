/** Those that are compared, each behind the same few methods, and what they are asked. */
@NullMarked
package io.splitio.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
