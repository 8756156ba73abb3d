package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.split.keep.Copy;
import io.splitio.backend.split.keep.Keeper;
import io.splitio.backend.split.keep.Owner;
import io.splitio.backend.split.keep.Restoring;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentReader;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Segment;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.JsonText;
import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Damaged files: what is restored was in force at some moment, or it is nothing. */
class RestoreFuzzTest {
  private static final Owner OWNER = Owner.of("server-side-key-wxyz", "1.3", List.of());
  private static final ChangesReader READER =
      new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

  private static Path path = Path.of("");
  private static byte[] whole = {};

  /** Whatever the file said at any moment after it was complete. */
  private static final Set<List<Object>> MOMENTS = new HashSet<>();

  @BeforeContainer
  static void write() throws IOException {
    path = Files.createTempDirectory("restore").resolve("flags");
    Keeper keeper = keeper();
    page(keeper, page(-1, 1, "a", "b"));
    segment(keeper, -1, 2, "u1");
    keeper.complete();
    moment(keeper);
    keeper.flag(
        JsonText.of(JsonText.with(JsonText.flag("c"), "changeNumber", 2)).getBytes(UTF_8), 2);
    moment(keeper);
    segment(keeper, 2, 3, "u2");
    moment(keeper);
    keeper.kill("a", "dead", 9);
    moment(keeper);
    page(keeper, page(2, 10, "d"));
    moment(keeper);
    keeper.close(Duration.ofSeconds(5));
    whole = Files.readAllBytes(path);
  }

  @AfterContainer
  static void remove() throws IOException {
    Files.delete(path);
    Files.delete(Objects.requireNonNull(path.getParent()));
  }

  private static Keeper keeper() {
    return new Keeper(path, OWNER, Thread::new, new ManualScheduler());
  }

  private static void moment(Keeper keeper) {
    keeper.suspend().join();
    keeper.resume();
    MOMENTS.add(state(Objects.requireNonNull(restored())));
  }

  private static InputStream page(long since, long till, String... flags) {
    Object[] all =
        Arrays.stream(flags)
            .map(
                name ->
                    JsonText.flag(
                        name, JsonText.rollout("on", JsonText.inSegment("IN_SEGMENT", "beta"))))
            .toArray();
    String document = JsonText.of(JsonText.object("s", since, "t", till, "d", List.of(all)));
    return new ByteArrayInputStream(("{\"ff\":" + document + "}").getBytes(UTF_8));
  }

  private static void segment(Keeper keeper, long since, long till, String key) throws IOException {
    String document =
        JsonText.of(JsonText.object("added", List.of(key), "since", since, "till", till));
    Copy copy = Copy.by(keeper);
    InputStream body = copy.of(new ByteArrayInputStream(document.getBytes(UTF_8)));
    copy.keep("beta", new SegmentReader(Sanitizing.NONE).read(body));
  }

  private static void page(Keeper keeper, InputStream document) throws IOException {
    Copy copy = Copy.by(keeper);
    copy.keep(READER.read(copy.of(document)));
  }

  private static @Nullable Snapshot restored() {
    Keeper keeper = keeper();
    Snapshot restored =
        keeper
            .restore(
                () -> new Restoring(READER, store -> new Pages(store, Set.of(), new Telemetry())))
            .join();
    keeper.close(Duration.ofSeconds(5));
    return restored;
  }

  private static List<Object> state(Snapshot snapshot) {
    Set<FeatureFlag> flags = new HashSet<>();
    snapshot.forEachFlag(flags::add);
    Segment beta = Objects.requireNonNull(snapshot.segment("beta"));
    return List.of(flags, beta, snapshot.flagsTill());
  }

  @Property(tries = 2_000, seed = "5")
  void whatIsRestoredWasInForceAtSomeMoment(@ForAll long seed) {
    assertThat(MOMENTS.size()).isEqualTo(5);
    damage(new Random(seed));
    try (LogCapture log = LogCapture.warnings()) {
      Snapshot restored = restored();
      assertThat(restored == null || MOMENTS.contains(state(restored))).isTrue();
      assertThat(log.lines()).hasSize(restored == null ? 1 : 0);
    }
  }

  private static void damage(Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 512), (byte) 0);
        default -> {
          int length = random.nextInt(bytes.length - at) + 1;
          System.arraycopy(whole, random.nextInt(whole.length - length + 1), bytes, at, length);
        }
      }
    }
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
