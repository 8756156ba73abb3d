/**
 * Which flag is asked for a call, for whom, and with which attributes.
 *
 * <p>Internal: its types are public for the neighbouring packages only, and may change at any time.
 */
@NullMarked
package io.splitio.spring.toggle.ask;

import org.jspecify.annotations.NullMarked;
