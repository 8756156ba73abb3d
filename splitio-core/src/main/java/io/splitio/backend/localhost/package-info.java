/** Flags from files, or from memory. */
@NullMarked
package io.splitio.backend.localhost;

import org.jspecify.annotations.NullMarked;
