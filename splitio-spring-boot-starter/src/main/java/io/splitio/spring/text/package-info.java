/**
 * Names that people type. Internal: applications have no use for it, and it may change at any time.
 */
@NullMarked
package io.splitio.spring.text;

import org.jspecify.annotations.NullMarked;
