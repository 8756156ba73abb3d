package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Reply;
import io.splitio.fake.proxy.Direction;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.fake.stream.Inline;
import io.splitio.soak.rig.FaultSchedule;
import io.splitio.soak.rig.Figures;
import io.splitio.soak.rig.Landscape;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.ProcessFigures;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.Rig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The table of faults: each of its rows once for definitions, segments, tokens and the stream, in
 * an order that a seed decides, on one instance that lives through all of it and holds again what
 * the service does after each.
 */
class FaultTableTest {
  private static final Duration LASTING = Duration.ofMillis(400);
  private static final Duration HIT = Duration.ofSeconds(10);
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  /**
   * Far fewer than there could be (docs/design.md): faults come one by one, and the threads of one
   * are gone when the next one comes.
   */
  private static final int MOST_THREADS = 16;

  private final Random random = new Random(FaultSchedule.seed("fault table"));
  private final Rig rig = new Rig(random);
  private final Figures recoveries = new Figures();

  /**
   * One cell of the table.
   *
   * @param begin begins the fault, and tells whether it was met since
   */
  private record Cell(String name, Endpoint endpoint, Supplier<BooleanSupplier> begin) {}

  @AfterEach
  void end() {
    rig.close();
  }

  @Test
  void afterEachFaultOfTheTableAnInstanceHoldsWhatTheServiceDoes() {
    rig.cloud().streaming().inline(Inline.NONE); // so that each change has to be fetched
    SplitFactory factory =
        rig.start("streaming", rig.connector(), SplitConfig.defaults().withoutShutdownHook());
    rig.cloud().streaming().awaitConnections(1, HIT);
    List<Cell> cells = cells();
    Collections.shuffle(cells, random);
    int most = 0;
    for (Cell cell : cells) {
      suffer(factory, cell);
      most = Math.max(most, ProcessFigures.sdkThreads().size());
    }
    Report.say(
        "faults: %d faults; converged and streaming again p50 %.0f ms, p90 %.0f ms, max %.0f ms;"
            + " at most %d threads; %d lines logged",
        cells.size(),
        recoveries.percentile(50),
        recoveries.percentile(90),
        recoveries.max(),
        most,
        rig.observer().logged());
    assertThat(cells).hasSizeGreaterThanOrEqualTo(100);
    assertThat(most).isLessThanOrEqualTo(MOST_THREADS);
  }

  private void suffer(SplitFactory factory, Cell cell) {
    BooleanSupplier met = cell.begin.get();
    if (cell.endpoint == Endpoint.AUTH) {
      rig.cloud().streaming().error(40142);
    } else if (cell.endpoint == Endpoint.STREAM) {
      rig.cloud().streaming().drop();
    }
    long end = System.nanoTime() + LASTING.toNanos();
    while (System.nanoTime() < end) {
      rig.landscape().changeAll();
      lastKnownGood(factory, cell);
      Patience.pass(Duration.ofMillis(20));
    }
    Patience.await(
        HIT, cell.name + " happens", () -> met.getAsBoolean() ? List.of() : List.of("not yet"));
    rig.mend();
    long mended = System.nanoTime();
    factory.retryNow();
    rig.converge(RECOVERY, cell.name);
    Patience.await(RECOVERY, cell.name + " and then the stream", this::streams);
    recoveries.add((System.nanoTime() - mended) / 1e6);
    assertThat(rig.observer().complaints()).as(cell.name).isEmpty();
  }

  private List<String> streams() {
    return rig.cloud().streaming().connections() > 0 ? List.of() : List.of("no stream");
  }

  private static void lastKnownGood(SplitFactory factory, Cell cell) {
    for (int i = 0; i < Landscape.STEADY; i++) {
      assertThat(factory.client().getTreatment(Landscape.key(i), Landscape.flag(i)))
          .as(cell.name)
          .isNotEqualTo("control");
    }
  }

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Endpoint endpoint :
        List.of(Endpoint.SPLIT_CHANGES, Endpoint.SEGMENT_CHANGES, Endpoint.AUTH, Endpoint.STREAM)) {
      for (Fault fault : faults(endpoint)) {
        cells.add(new Cell(endpoint + ": " + fault, endpoint, () -> answering(endpoint, fault)));
      }
    }
    cells.addAll(network(Endpoint.SPLIT_CHANGES, rig.sdk()));
    cells.addAll(network(Endpoint.AUTH, rig.auth()));
    cells.addAll(network(Endpoint.STREAM, rig.stream()));
    return cells;
  }

  private BooleanSupplier answering(Endpoint endpoint, Fault fault) {
    int before = rig.cloud().faults().happened();
    rig.cloud().faults().always(endpoint, fault);
    return () -> rig.cloud().faults().happened() > before;
  }

  private static List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>(answers());
    if (endpoint != Endpoint.SPLIT_CHANGES) {
      faults.add(Fault.status(400)); // to a request for definitions it means an older proxy
    }
    if (endpoint != Endpoint.STREAM) {
      faults.addAll(bodies());
    }
    return faults;
  }

  /** Faults of any answer. */
  private static List<Fault> answers() {
    List<Fault> faults = new ArrayList<>();
    for (int status : new int[] {304, 401, 403, 404, 408, 414, 425, 500, 502, 503}) {
      faults.add(Fault.status(status));
    }
    faults.add(Fault.retryAfter(429, "2"));
    faults.add(Fault.retryAfter(503, "2"));
    faults.add(Fault.reply(Reply.empty(302).withHeader("Location", "http://192.0.2.1/elsewhere")));
    faults.add(Fault.reset());
    faults.add(Fault.close());
    faults.add(Fault.hang());
    faults.add(Fault.delay(Duration.ofMillis(200)));
    faults.add(Fault.body("text/html", "<html>please sign in</html>"));
    return faults;
  }

  /** Faults of an answer that is a document. */
  private static List<Fault> bodies() {
    byte[] packed = gzip(new byte[50 << 20]);
    return List.of(
        json(""),
        json("null"),
        json("[]"),
        json("{}"),
        json("{\"ff\":{\"d\":[{\"name\":"),
        json("{\"ff\":{\"d\":7,\"s\":1,\"t\":2},\"rbs\":false,\"till\":\"x\"}"),
        json("{\"ff\":{\"d\":[],\"s\":-1,\"t\":1},\"rbs\":{\"d\":[],\"s\":-1,\"t\":1}}"),
        json("{\"name\":\"s0\",\"added\":[\"u0\"],\"removed\":[],\"since\":-1,\"till\":1}"),
        Fault.reply(
            Reply.of(200, "application/json", packed).withHeader("Content-Encoding", "gzip")),
        Fault.reply(
            Reply.of(200, "application/json", Arrays.copyOf(packed, 100))
                .withHeader("Content-Encoding", "gzip")),
        Fault.truncate(10),
        Fault.resetAfter(10),
        Fault.stall(10),
        Fault.trickle(1, Duration.ofMillis(50)),
        Fault.contentLength(7),
        Fault.contentLength(-7));
  }

  private static Fault json(String text) {
    return Fault.body("application/json", text);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Faults of the way to a service. */
  private static List<Cell> network(Endpoint endpoint, FaultProxy proxy) {
    Direction answers = proxy.toClient();
    Direction requests = proxy.toServer();
    return List.of(
        new Cell(endpoint + ": refused", endpoint, () -> closed(proxy, proxy::refuse)),
        new Cell(
            endpoint + ": SYN dropped", endpoint, () -> closed(proxy, proxy::blackholeConnects)),
        new Cell(endpoint + ": accepted, never answered", endpoint, () -> silent(proxy)),
        cell(endpoint, "half-open", answers, way -> way.blackholeAfter(10)),
        cell(endpoint, "request vanishes", requests, way -> way.blackholeAfter(10)),
        cell(endpoint, "1 byte at a time", answers, way -> way.slices(1)),
        cell(endpoint, "100 bytes a second", answers, way -> way.bandwidth(100)),
        cell(endpoint, "cut after 100 bytes", answers, way -> way.truncateAfter(100)),
        cell(endpoint, "reset after 100 bytes", answers, way -> way.resetAfter(100)),
        cell(endpoint, "corrupted", answers, way -> way.corruptAt(3)));
  }

  /** A fault of one direction is met by the first byte that comes along. */
  private static Cell cell(
      Endpoint endpoint, String name, Direction way, Consumer<Direction> fault) {
    return new Cell(
        endpoint + ": " + name,
        endpoint,
        () -> {
          fault.accept(way);
          long before = way.bytes();
          return () -> way.bytes() > before;
        });
  }

  /** Nobody is connected, and nobody comes through. */
  private static BooleanSupplier closed(FaultProxy proxy, Runnable how) {
    how.run();
    proxy.reset();
    long before = proxy.accepted();
    return () -> proxy.open() == 0 && proxy.accepted() == before;
  }

  private static BooleanSupplier silent(FaultProxy proxy) {
    proxy.acceptSilently();
    proxy.reset();
    long before = proxy.accepted();
    return () -> proxy.accepted() > before;
  }
}
