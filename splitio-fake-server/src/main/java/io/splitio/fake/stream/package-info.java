/**
 * The streaming side: tokens, subscribers and notifications.
 *
 * <p>All public types of this package are for tests to use, as {@code SplitCloud} hands them out;
 * {@code Streaming.open} and {@code Streaming.announcer} are internal.
 */
@NullMarked
package io.splitio.fake.stream;

import org.jspecify.annotations.NullMarked;
