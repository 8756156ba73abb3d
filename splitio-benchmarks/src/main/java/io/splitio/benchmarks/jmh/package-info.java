/** What one question costs, measured with JMH. */
@NullMarked
package io.splitio.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
