package io.splitio.record;

import java.util.function.Supplier;

/**
 * Who is reporting.
 *
 * @param sdkVersion the name and version of this SDK
 * @param instanceName the name of this process; asking for it may take a while, so nobody asks on a
 *     thread of the application
 */
public record Identity(String sdkVersion, Supplier<String> instanceName) {}
