/** Split's cloud: definitions by HTTP and server-sent events, and what happened on its way back. */
@NullMarked
package io.splitio.backend.split;

import org.jspecify.annotations.NullMarked;
