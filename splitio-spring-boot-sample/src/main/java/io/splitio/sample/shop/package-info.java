/** What the shop sells, to whom, and how; the flags decide here. */
@NullMarked
package io.splitio.sample.shop;

import org.jspecify.annotations.NullMarked;
