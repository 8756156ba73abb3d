/** Runs all that is measured, and writes it down. */
@NullMarked
package io.splitio.benchmarks.report;

import org.jspecify.annotations.NullMarked;
