/** What a backend is: a source of definitions and sinks for what happened. */
@NullMarked
package io.splitio.backend;

import org.jspecify.annotations.NullMarked;
