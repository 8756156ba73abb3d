/** What definitions and segments take: bytes, and the time to read and to change them. */
@NullMarked
package io.splitio.benchmarks.size;

import org.jspecify.annotations.NullMarked;
