/** Many keys, or other texts, in little memory. */
@NullMarked
package io.splitio.keys;

import org.jspecify.annotations.NullMarked;
