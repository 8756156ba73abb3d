/**
 * The annotations as they were written, and words for what is wrong with them.
 *
 * <p>Internal: its types are public for the neighbouring packages only, and may change at any time.
 */
@NullMarked
package io.splitio.spring.toggle.read;

import org.jspecify.annotations.NullMarked;
