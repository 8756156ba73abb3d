/** What FeatBit's server sends: messages, flags and segments. */
@NullMarked
package io.splitio.backend.featbit.data;

import org.jspecify.annotations.NullMarked;
