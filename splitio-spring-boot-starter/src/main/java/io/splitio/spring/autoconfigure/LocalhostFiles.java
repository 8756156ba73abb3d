package io.splitio.spring.autoconfigure;

import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.spring.autoconfigure.SplitioProperties.Localhost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.ResourceUtils;

/** Finds the files of the localhost mode: paths, {@code file:} and {@code classpath:}. */
record LocalhostFiles(ResourceLoader resources) {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  private static final String FILE = "splitio.localhost.split-file";
  private static final String DIRECTORY = "splitio.localhost.segment-directory";
  private static final String ACCEPTED =
      "It must be a path, or start with \"file:\" or \"classpath:\".";
  private static final String DEVTOOLS = "org.springframework.boot.devtools.restart.Restarter";

  Connector connector(Localhost localhost) {
    if (!localhost.flags().isEmpty()) {
      return LocalhostConnector.treatments(NamesInProperties.localhost(localhost.flags()));
    }
    LocalhostConnector connector = flags(localhost);
    if (localhost.segmentDirectory() != null) {
      connector = connector.segments(directory(localhost.segmentDirectory()));
    }
    return refreshes(localhost) ? connector.refresh(localhost.refreshInterval()) : connector;
  }

  private LocalhostConnector flags(Localhost localhost) {
    String location = localhost.splitFile();
    if (location == null) {
      return LocalhostConnector.defaults();
    }
    Path path = path(FILE, location);
    return path == null ? packed(localhost, location) : LocalhostConnector.file(path);
  }

  /** A resource inside a jar cannot change, so it is read once. */
  private LocalhostConnector packed(Localhost localhost, String location) {
    if (Boolean.TRUE.equals(localhost.refreshEnabled())) {
      LOG.warn("{} is inside a jar and cannot change; it is not refreshed", location);
    }
    Resource resource = resources.getResource(location);
    try {
      return LocalhostConnector.content(
          location, resource.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw SplitioStartException.invalid(FILE, location, "It cannot be read: " + failure);
    }
  }

  private Path directory(String location) {
    Path path = path(DIRECTORY, location);
    if (path == null) {
      throw SplitioStartException.invalid(
          DIRECTORY, location, "It must be a directory of the file system, not inside a jar.");
    }
    return path;
  }

  private boolean refreshes(Localhost localhost) {
    Boolean enabled = localhost.refreshEnabled();
    return enabled != null ? enabled : ClassUtils.isPresent(DEVTOOLS, resources.getClassLoader());
  }

  /** The path behind a location, or null when it is inside a jar. */
  private @Nullable Path path(String property, String location) {
    try {
      return ResourceUtils.isUrl(location) ? resource(property, location) : Path.of(location);
    } catch (InvalidPathException | IOException failure) {
      throw SplitioStartException.invalid(property, location, ACCEPTED);
    }
  }

  private @Nullable Path resource(String property, String location) throws IOException {
    if (!location.startsWith("classpath:") && !location.startsWith("file:")) {
      throw SplitioStartException.invalid(property, location, ACCEPTED);
    }
    Resource resource = resources.getResource(location);
    if (resource.isFile()) {
      return resource.getFile().toPath();
    }
    if (!resource.exists()) {
      throw SplitioStartException.invalid(
          property, location, "There is no such resource on the class path.");
    }
    return null;
  }
}
