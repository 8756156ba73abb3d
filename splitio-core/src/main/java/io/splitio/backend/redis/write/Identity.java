package io.splitio.backend.redis.write;

import io.splitio.backend.Services.Machine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who writes (Redis specification 4.1): the same three texts for as long as the process lives, fit
 * for a header and for a part of a field between slashes.
 *
 * @param sdk the name and version of this SDK
 * @param host the name of this process
 * @param address the address of this machine
 */
record Identity(String sdk, String host, String address) {
  private static final int LONGEST = 128;

  /** Found out when first needed, and once. */
  static Supplier<Identity> of(Supplier<Machine> machine) {
    return new Supplier<>() {
      private volatile @Nullable Identity known; // any thread's value is as good

      @Override
      public Identity get() {
        Identity identity = known;
        if (identity == null) {
          identity = of(machine.get());
          known = identity;
        }
        return identity;
      }
    };
  }

  private static Identity of(Machine machine) {
    boolean untold = machine.name() == null && machine.address() == null;
    String absent = untold ? "NA" : "unknown";
    return new Identity(
        plain(machine.sdkVersion(), absent),
        plain(machine.name(), absent),
        plain(machine.address(), absent));
  }

  private static String plain(@Nullable String text, String absent) {
    if (text == null) {
      return absent;
    }
    StringBuilder plain = new StringBuilder();
    text.chars()
        .filter(c -> !Character.isISOControl(c))
        .limit(LONGEST)
        .forEach(c -> plain.append(c == '/' ? '_' : (char) c));
    return plain.isEmpty() ? absent : plain.toString();
  }

  /** The beginning of a field of telemetry. */
  String field() {
    return sdk + "/" + host + "/" + address;
  }
}
