/** The official Java SDK, asked the same questions as this one. */
@NullMarked
package io.splitio.official;

import org.jspecify.annotations.NullMarked;
