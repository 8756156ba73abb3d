/** The profile {@code live}: a small Split cloud beside the shop, whose flags can be flipped. */
@NullMarked
package io.splitio.sample.live;

import org.jspecify.annotations.NullMarked;
