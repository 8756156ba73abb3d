/** The event stream of Split's cloud: tokens, connections and what is said on them. */
@NullMarked
package io.splitio.backend.split.stream;

import org.jspecify.annotations.NullMarked;
