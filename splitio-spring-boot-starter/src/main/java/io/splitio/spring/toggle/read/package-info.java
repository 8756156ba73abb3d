/** The annotations as they were written, and words for what is wrong with them. */
@NullMarked
package io.splitio.spring.toggle.read;

import org.jspecify.annotations.NullMarked;
