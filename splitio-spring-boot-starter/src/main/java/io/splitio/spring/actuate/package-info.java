/**
 * What operators see of the SDK: health, readiness, the actuator endpoint {@code splitio}, meters.
 */
@NullMarked
package io.splitio.spring.actuate;

import org.jspecify.annotations.NullMarked;
