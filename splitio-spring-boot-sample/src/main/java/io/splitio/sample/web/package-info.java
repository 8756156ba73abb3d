/** The pages of the shop, and how they follow changes of the flags. */
@NullMarked
package io.splitio.sample.web;

import org.jspecify.annotations.NullMarked;
