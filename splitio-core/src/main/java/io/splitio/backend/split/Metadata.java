package io.splitio.backend.split;

import io.splitio.backend.Services.Machine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The headers that say who is asking (protocol specification 1.3), found out when first needed. */
final class Metadata implements Supplier<Map<String, String>> {
  private static final int SHOWN = 4;
  private static final Set<String> MARKERS = Set.of("NA", "unknown");

  private final String sdkKey;
  private final Supplier<Machine> machine;
  private volatile @Nullable Map<String, String> headers; // any thread's value is as good

  Metadata(String sdkKey, Supplier<Machine> machine) {
    this.sdkKey = sdkKey;
    this.machine = machine;
  }

  @Override
  public Map<String, String> get() {
    Map<String, String> known = headers;
    if (known == null) {
      known = headers(machine.get());
      headers = known;
    }
    return known;
  }

  private Map<String, String> headers(Machine who) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("SplitSDKVersion", who.sdkVersion());
    put(all, "SplitSDKMachineIP", who.address());
    put(all, "SplitSDKMachineName", who.name());
    all.put("SplitSDKClientKey", sdkKey.substring(Math.max(0, sdkKey.length() - SHOWN)));
    return all;
  }

  /** Left out when unknown, and without what a header cannot carry. */
  private static void put(Map<String, String> all, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    StringBuilder plain = new StringBuilder();
    value.chars().filter(c -> c >= ' ' && c < 0x7f).forEach(c -> plain.append((char) c));
    String text = plain.toString().strip();
    if (!text.isEmpty() && !MARKERS.contains(text)) {
      all.put(name, text);
    }
  }
}
