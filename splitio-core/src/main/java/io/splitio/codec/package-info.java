/** Split's JSON to and from compiled definitions. */
@NullMarked
package io.splitio.codec;

import org.jspecify.annotations.NullMarked;
