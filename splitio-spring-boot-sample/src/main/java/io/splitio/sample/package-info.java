/** A tea shop that shows what feature flags decide. */
@NullMarked
package io.splitio.sample;

import org.jspecify.annotations.NullMarked;
