/** The shop, used from outside. */
@NullMarked
package io.splitio.sample;

import org.jspecify.annotations.NullMarked;
