/** FeatBit's insights: how they are kept, repeated and written. */
@NullMarked
package io.splitio.backend.featbit.insight;

import org.jspecify.annotations.NullMarked;
