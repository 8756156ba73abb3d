/** What operators see of the SDK: health, readiness and the actuator endpoint {@code splitio}. */
@NullMarked
package io.splitio.spring.actuate;

import org.jspecify.annotations.NullMarked;
