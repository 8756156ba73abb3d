/** A TCP pass-through that breaks connections on demand. */
@NullMarked
package io.splitio.fake.proxy;

import org.jspecify.annotations.NullMarked;
