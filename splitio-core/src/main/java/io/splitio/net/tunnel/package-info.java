/** Connections through an HTTP proxy that passes bytes on. */
@NullMarked
package io.splitio.net.tunnel;

import org.jspecify.annotations.NullMarked;
