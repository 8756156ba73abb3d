/** FeatBit: definitions over a WebSocket, insights over HTTP. */
@NullMarked
package io.splitio.backend.featbit;

import org.jspecify.annotations.NullMarked;
