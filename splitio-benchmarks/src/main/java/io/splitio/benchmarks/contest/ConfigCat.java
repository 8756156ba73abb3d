package io.splitio.benchmarks.contest;

import com.configcat.ConfigCatClient;
import com.configcat.LogLevel;
import com.configcat.OverrideBehaviour;
import com.configcat.OverrideDataSourceBuilder;
import com.configcat.PollingModes;
import com.configcat.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** ConfigCat's SDK, with flags from a file. */
record ConfigCat(ConfigCatClient client) implements Contestant {

  static Contestant start() throws IOException {
    Path file = Documents.configCatFile();
    return new ConfigCat(
        ConfigCatClient.get(
            "localhost",
            options -> {
              options.pollingMode(PollingModes.manualPoll());
              options.logLevel(LogLevel.NO_LOG);
              options.flagOverrides(
                  OverrideDataSourceBuilder.localFile(file.toString(), false),
                  OverrideBehaviour.LOCAL_ONLY);
            }));
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    return client.getValue(
        String.class, flag, User.newBuilder().custom(attributes).build(key), "control");
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
