/**
 * A Split cloud to run tests against: real sockets, programmable while it runs, faults on demand.
 */
@NullMarked
package io.splitio.fake;

import org.jspecify.annotations.NullMarked;
