/** The evaluation specification's worked examples. */
@NullMarked
package io.splitio.spec;

import org.jspecify.annotations.NullMarked;
