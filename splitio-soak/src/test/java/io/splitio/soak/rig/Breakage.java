package io.splitio.soak.rig;

import io.splitio.fake.Endpoint;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that goes wrong for a while.
 *
 * @param name what it is
 * @param least how long it must last to be what it is
 * @param begin breaks it
 * @param end mends it, beyond what {@link Rig#mend} does
 */
public record Breakage(String name, Duration least, Consumer<Rig> begin, Consumer<Rig> end) {
  /** Longer than a silent stream is believed. */
  private static final Duration SILENCE = Duration.ofMillis(1400);

  private static final List<Endpoint> READS =
      List.of(Endpoint.SPLIT_CHANGES, Endpoint.SEGMENT_CHANGES, Endpoint.AUTH);
  private static final List<Endpoint> POSTS =
      List.of(Endpoint.IMPRESSIONS, Endpoint.IMPRESSION_COUNTS, Endpoint.EVENTS);

  /** Goes wrong until it is mended. */
  static Breakage of(String name, Consumer<Rig> begin) {
    return new Breakage(name, Duration.ZERO, begin, rig -> {});
  }

  /** Nothing can be reached. */
  public static List<Breakage> outages() {
    return List.of(
        of("outage: refused", rig -> cut(rig, proxy -> proxy.refuse())),
        of("outage: accepted and silent", rig -> cut(rig, proxy -> proxy.acceptSilently())),
        of("outage: SYN dropped", rig -> cut(rig, proxy -> proxy.blackholeConnects())),
        of("outage: all 503", rig -> all(rig, Fault.status(503))),
        of("outage: all hang", rig -> all(rig, Fault.hang())),
        of("outage: all reset", rig -> all(rig, Fault.reset())));
  }

  /** The stream ends. */
  public static List<Breakage> drops() {
    return List.of(
        of("stream closed", rig -> rig.cloud().streaming().drop()),
        of("stream reset", rig -> rig.cloud().streaming().reset()),
        of("stream cut by the network", rig -> rig.stream().reset()),
        new Breakage(
            "stream half-open",
            SILENCE,
            rig -> rig.cloud().streaming().silence(),
            rig -> rig.cloud().streaming().unsilence()));
  }

  /** All that else can happen. */
  public static List<Breakage> others() {
    List<Breakage> all = new ArrayList<>(states());
    List<Fault> faults =
        List.of(
            Fault.status(500),
            Fault.reset(),
            Fault.hang(),
            Fault.truncate(20),
            Fault.body("text/html", "<html>sign in</html>"),
            Fault.retryAfter(429, "1"));
    for (Fault fault : faults) {
      all.add(of("reads: " + fault, rig -> each(rig, READS, fault)));
    }
    for (Fault fault : List.of(Fault.status(500), Fault.hang(), Fault.lostReply())) {
      all.add(of("posts: " + fault, rig -> each(rig, POSTS, fault)));
    }
    return all;
  }

  private static List<Breakage> states() {
    return List.of(
        new Breakage(
            "streaming paused",
            Duration.ZERO,
            rig -> rig.cloud().streaming().pause(),
            rig -> rig.cloud().streaming().resume()),
        new Breakage(
            "no publishers", Duration.ZERO, rig -> publishers(rig, 0), rig -> publishers(rig, 2)),
        new Breakage(
            "streaming disabled",
            Duration.ZERO,
            rig -> rig.cloud().streaming().disable(),
            rig -> rig.cloud().streaming().enable()),
        new Breakage(
            "reads from a stale cache",
            Duration.ZERO,
            rig -> rig.cloud().freezeReads(),
            rig -> rig.cloud().thawReads()),
        of(
            "garbage on the stream",
            rig -> rig.cloud().streaming().raw("event: message\ndata: {\"data\":\"{no\"}\n\n")),
        of("token expired", rig -> rig.cloud().streaming().error(40142)),
        of("slow network", rig -> slow(rig)));
  }

  private static void publishers(Rig rig, int number) {
    rig.cloud().streaming().occupancy("control_pri", number);
    rig.cloud().streaming().occupancy("control_sec", number);
  }

  private static void slow(Rig rig) {
    rig.proxies().forEach(proxy -> proxy.toClient().latency(Duration.ofMillis(30)));
  }

  private static void cut(Rig rig, Consumer<FaultProxy> how) {
    rig.proxies()
        .forEach(
            proxy -> {
              how.accept(proxy);
              proxy.reset();
            });
  }

  private static void all(Rig rig, Fault fault) {
    rig.cloud().faults().always(fault);
    rig.cloud().streaming().reset();
  }

  private static void each(Rig rig, List<Endpoint> endpoints, Fault fault) {
    endpoints.forEach(endpoint -> rig.cloud().faults().always(endpoint, fault));
  }

  /** Begins. */
  public void begin(Rig rig) {
    begin.accept(rig);
  }

  /** Ends. */
  public void end(Rig rig) {
    end.accept(rig);
    rig.mend();
  }

  @Override
  public String toString() {
    return name;
  }
}
