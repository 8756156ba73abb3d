/** The last definitions received, kept in a file for a start without the service. */
@NullMarked
package io.splitio.backend.split.keep;

import org.jspecify.annotations.NullMarked;
