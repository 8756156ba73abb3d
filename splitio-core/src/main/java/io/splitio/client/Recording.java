package io.splitio.client;

import io.splitio.record.EventRecorder;
import io.splitio.record.ImpressionRecorder;
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
    ImpressionRecorder impressions, EventRecorder events, Telemetry telemetry, Clock clock) {}
