/** What came from outside, fit for a log. */
@NullMarked
package io.splitio.log;

import org.jspecify.annotations.NullMarked;
