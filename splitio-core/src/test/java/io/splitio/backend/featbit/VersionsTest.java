package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of many items are news. */
class VersionsTest {
  private static final int MANY = 150_000;

  private final SnapshotStore store = new SnapshotStore((before, after) -> {});

  /** FeatBit sends archived flags along for ever. */
  @Test
  @Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // of n squared: minutes
  void manyArchivedFlagsAreNotGoneThroughForEachOther() throws Exception {
    String flags =
        IntStream.range(0, 2 * MANY)
            .mapToObj(
                number ->
                    "{\"key\":\"f%d\",\"updatedAt\":\"2025-03-01T10:00:00Z\",\"isArchived\":%b}"
                        .formatted(number, number < MANY))
            .collect(Collectors.joining(","));
    DataSync message =
        MessageReader.read(
            "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"featureFlags\":["
                + flags
                + "],\"segments\":[]}}");

    assertThat(new Versions().take(message, store::apply)).isNotNull();

    Snapshot now = store.current();
    assertThat(now.flagCount()).isEqualTo(MANY);
    assertThat(now.flag("f0")).isNull();
  }
}
