package io.splitio.record;

/**
 * Who is reporting.
 *
 * @param sdkVersion the name and version of this SDK
 * @param instanceName the name of this process
 */
public record Identity(String sdkVersion, String instanceName) {}
