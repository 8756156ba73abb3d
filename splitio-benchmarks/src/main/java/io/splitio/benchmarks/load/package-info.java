/** Evaluation while something else goes on. */
@NullMarked
package io.splitio.benchmarks.load;

import org.jspecify.annotations.NullMarked;
