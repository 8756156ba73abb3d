/** Large sets of keys in little memory. */
@NullMarked
package io.splitio.keys;

import org.jspecify.annotations.NullMarked;
