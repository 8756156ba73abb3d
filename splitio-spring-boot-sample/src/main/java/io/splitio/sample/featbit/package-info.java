/**
 * The profile {@code featbit}: a small FeatBit server beside the shop, whose flags can be flipped.
 */
@NullMarked
package io.splitio.sample.featbit;

import org.jspecify.annotations.NullMarked;
