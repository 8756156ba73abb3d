/** The streaming side: tokens, subscribers and notifications. */
@NullMarked
package io.splitio.fake.stream;

import org.jspecify.annotations.NullMarked;
