/** What tests of several packages share. */
@NullMarked
package io.splitio.testing;

import org.jspecify.annotations.NullMarked;
