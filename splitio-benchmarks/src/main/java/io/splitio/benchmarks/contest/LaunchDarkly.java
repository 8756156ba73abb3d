package io.splitio.benchmarks.contest;

import com.launchdarkly.logging.Logs;
import com.launchdarkly.sdk.ArrayBuilder;
import com.launchdarkly.sdk.ContextBuilder;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LaunchDarkly's server SDK, with flags from a file. */
record LaunchDarkly(LDClient client, @Nullable Silence events) implements Contestant {

  /** It posts events to a server that takes anything. */
  static Contestant withEvents() throws IOException {
    Silence silence = Silence.start();
    LDConfig.Builder config =
        config()
            .events(Components.sendEvents())
            .serviceEndpoints(Components.serviceEndpoints().events(silence.uri()));
    return new LaunchDarkly(new LDClient("benchmark-key", config.build()), silence);
  }

  static Contestant withoutEvents() throws IOException {
    LDConfig config = config().events(Components.noEvents()).build();
    return new LaunchDarkly(new LDClient("benchmark-key", config), null);
  }

  private static LDConfig.Builder config() throws IOException {
    return new LDConfig.Builder()
        .dataSource(FileData.dataSource().filePaths(Documents.launchDarklyFile()))
        .diagnosticOptOut(true)
        .logging(Components.logging(Logs.none()));
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    ContextBuilder context = LDContext.builder(key);
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      context.set(attribute.getKey(), value(attribute.getValue()));
    }
    return client.stringVariation(flag, context.build(), "control");
  }

  private static LDValue value(Object value) {
    if (value instanceof Collection<?> several) {
      ArrayBuilder all = LDValue.buildArray();
      several.forEach(one -> all.add(String.valueOf(one)));
      return all.build();
    }
    return value instanceof Integer number ? LDValue.of(number) : LDValue.of(value.toString());
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (events != null) {
      events.close();
    }
  }
}
