/** Compiled definitions: data and matching, without I/O, clock, log or state. */
@NullMarked
package io.splitio.flag;

import org.jspecify.annotations.NullMarked;
