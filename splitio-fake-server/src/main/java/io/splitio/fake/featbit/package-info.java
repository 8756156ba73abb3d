/**
 * FeatBit's evaluation server, for SDKs to be pointed at: data synchronisation over a WebSocket,
 * insights, and faults on demand.
 *
 * <p>All public types of this package are for tests to use.
 */
@NullMarked
package io.splitio.fake.featbit;

import org.jspecify.annotations.NullMarked;
