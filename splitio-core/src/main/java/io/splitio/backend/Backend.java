package io.splitio.backend;

import io.splitio.record.Sinks;

/**
 * A connected backend.
 *
 * @param mode its name in health reports, such as {@code localhost}
 * @param source answers with definitions
 * @param sinks take what happened
 */
public record Backend(String mode, Source source, Sinks sinks) {}
