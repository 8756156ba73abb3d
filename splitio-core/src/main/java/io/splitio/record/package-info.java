/** What happened, on its way out. */
@NullMarked
package io.splitio.record;

import org.jspecify.annotations.NullMarked;
