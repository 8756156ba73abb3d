/** HTTP and server-sent events on OkHttp: deadlines, limits, proxies, TLS and back-off. */
@NullMarked
package io.splitio.net;

import org.jspecify.annotations.NullMarked;
