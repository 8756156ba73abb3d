package io.splitio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The name and version of this SDK, as services and impression listeners are told. The version is
 * in a resource, because a manifest does not survive when an application puts all into one jar.
 */
final class SdkVersion {
  /** Such as {@code java-1.0.0}. */
  static final String TEXT = "java-" + version(SdkVersion.class.getResourceAsStream("version.txt"));

  private SdkVersion() {}

  /** What the resource says; not what it says before the build has put the version in. */
  static String version(@Nullable InputStream resource) {
    try (resource) {
      String version =
          resource == null
              ? ""
              : new String(resource.readAllBytes(), StandardCharsets.US_ASCII).strip();
      boolean given = !version.isEmpty() && Character.isDigit(version.charAt(0));
      return given ? version : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
