/** What this SDK and its peers cost, measured side by side. */
@NullMarked
package io.splitio.benchmarks;

import org.jspecify.annotations.NullMarked;
