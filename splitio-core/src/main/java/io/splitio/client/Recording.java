package io.splitio.client;

import io.splitio.record.Event;
import io.splitio.record.ImpressionRecorder;
import io.splitio.record.Sinks;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;

/**
 * Where a client takes what happened.
 *
 * @param impressions takes what was served
 * @param events takes what the application tells of
 * @param telemetry counts
 * @param clock tells the time of day
 */
public record Recording(
    ImpressionRecorder impressions, Sinks.Sink<Event> events, Telemetry telemetry, Clock clock) {}
