package io.splitio.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One treatment that was served to the application.
 *
 * @param flag the flag that was asked for
 * @param matchingKey who asked
 * @param bucketingKey the key that decided the bucket, or null when it is the matching key
 * @param treatment what was served
 * @param label the rule that decided, or null when it has none or labels are switched off
 * @param changeNumber the version of the flag, or null when no flag decided
 * @param time when, in milliseconds since 1970-01-01T00:00:00Z
 * @param previousTime when the same impression was last seen, or null when it is new or that is not
 *     tracked
 * @param attributes what the rules could look at, as it was passed in; not a copy
 * @param properties what the caller sent along
 * @param instanceId the instance name of this SDK
 * @param sdkVersion the name and version of this SDK
 */
public record Impression(
    String flag,
    String matchingKey,
    @Nullable String bucketingKey,
    String treatment,
    @Nullable String label,
    @Nullable Long changeNumber,
    long time,
    @Nullable Long previousTime,
    Map<String, Object> attributes,
    Map<String, Object> properties,
    String instanceId,
    String sdkVersion) {}
