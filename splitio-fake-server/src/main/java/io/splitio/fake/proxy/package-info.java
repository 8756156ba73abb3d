/**
 * A TCP pass-through that breaks connections on demand.
 *
 * <p>For tests to use: {@code FaultProxy} and the {@code Direction}s it hands out. {@code Toxics}
 * is internal.
 */
@NullMarked
package io.splitio.fake.proxy;

import org.jspecify.annotations.NullMarked;
