/** Long runs, full of faults, that end in one answer. */
@org.jspecify.annotations.NullMarked
package io.splitio.soak;
