/** What the SDK counts about itself. */
@NullMarked
package io.splitio.telemetry;

import org.jspecify.annotations.NullMarked;
