/** The frames of a WebSocket (RFC 6455), as a client reads and writes them. */
@NullMarked
package io.splitio.net.frame;

import org.jspecify.annotations.NullMarked;
