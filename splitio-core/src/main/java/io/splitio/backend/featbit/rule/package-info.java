/** How FeatBit decides: its operators, percentages and segments, as parts of the common model. */
@NullMarked
package io.splitio.backend.featbit.rule;

import org.jspecify.annotations.NullMarked;
