package io.splitio.backend.split.keep;

import io.splitio.backend.split.keep.Entry.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that writes a file again and again: {@code path rounds}. In each, flag {@code a} and
 * flag {@code b} change, always to the same treatment.
 */
final class Writing {
  static final Owner OWNER = Owner.of("server-side-key-wxyz", "1.3", List.of());

  private Writing() {}

  /** Writes. */
  public static void main(String[] arguments) throws Exception {
    long rounds = Long.parseLong(arguments[1]);
    for (int round = 1; round <= rounds; round++) {
      write(Path.of(arguments[0]), round);
      if (round == 1) {
        System.out.println("wrote");
      }
    }
  }

  static void write(Path path, int round) throws Exception {
    try (KeptFile file = new KeptFile(path, OWNER, 1 << 20)) {
      file.open();
      file.add(both(4L * round - 3, "start" + round));
      file.add(Entry.COMPLETE);
      for (int change = 1; change <= 3; change++) {
        file.add(both(4L * round - 3 + change, "change" + round + "-" + change));
        file.force();
      }
    }
  }

  /** A page that makes two flags of a version, both with that treatment. */
  static Entry both(long version, String treatment) {
    String flag =
        "{\"name\":\"%s\",\"status\":\"ACTIVE\",\"killed\":true,\"defaultTreatment\":\"%s\","
            + "\"seed\":1,\"trafficTypeName\":\"user\",\"changeNumber\":%d,\"conditions\":[]}";
    String page =
        "{\"ff\":{\"s\":-1,\"t\":"
            + version
            + ",\"d\":["
            + String.format(flag, "a", treatment, version)
            + ","
            + String.format(flag, "b", treatment, version)
            + "]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}";
    return Entry.of(Kind.CHANGES, "", 0, page.getBytes(StandardCharsets.UTF_8));
  }
}
