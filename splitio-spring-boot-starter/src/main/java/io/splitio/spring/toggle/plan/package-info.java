/**
 * What happens to a call: worked out once per method, then only run.
 *
 * <p>Internal: its types are public for the neighbouring packages only, and may change at any time.
 */
@NullMarked
package io.splitio.spring.toggle.plan;

import org.jspecify.annotations.NullMarked;
