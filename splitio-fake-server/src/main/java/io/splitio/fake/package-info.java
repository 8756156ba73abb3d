/**
 * A Split cloud to run tests against: real sockets, programmable while it runs, faults on demand.
 *
 * <p>All public types of this package are for tests to use.
 */
@NullMarked
package io.splitio.fake;

import org.jspecify.annotations.NullMarked;
