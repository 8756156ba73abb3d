package io.splitio.soak.rig;

import io.splitio.Paced;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.net.HttpSettings.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A cloud behind proxies that can break, instances that live on it, and who watches them. */
public final class Rig implements AutoCloseable {
  /** A key nobody may log. */
  public static final String KEY = "canary-sdk-key-8h2k";

  /** How an instance talks HTTP in a day of five minutes. */
  public static final Timeouts QUICK =
      Timeouts.defaults()
          .withConnect(Duration.ofMillis(300))
          .withRead(Duration.ofMillis(300))
          .withTotal(Duration.ofMillis(600))
          .withStream(Duration.ofMillis(500), Duration.ofSeconds(1));

  private final SplitCloud cloud = SplitCloud.start();
  private final FaultProxy sdk = FaultProxy.to(URI.create(cloud.url()));
  private final FaultProxy auth = FaultProxy.to(URI.create(cloud.url()));
  private final FaultProxy stream = FaultProxy.to(URI.create(cloud.url()));
  private final FaultProxy events = FaultProxy.to(URI.create(cloud.url()));
  private final Observer observer = new Observer(KEY, "accessToken=", "eyJ");
  private final List<Living> instances = new ArrayList<>();
  private final Landscape landscape;
  private long answers;

  /** An instance and what it holds. */
  public record Living(String name, SplitFactory factory, Watched watched) {}

  /** A cloud that changes as this says. */
  public Rig(Random random) {
    cloud.streaming().keepAlive(Duration.ofMillis(200));
    cloud.requests().keepLast(10_000);
    landscape = new Landscape(cloud, random);
  }

  /** The service. */
  public SplitCloud cloud() {
    return cloud;
  }

  /** Before definitions. */
  public FaultProxy sdk() {
    return sdk;
  }

  /** Before tokens. */
  public FaultProxy auth() {
    return auth;
  }

  /** Before the stream. */
  public FaultProxy stream() {
    return stream;
  }

  /** All that stands before the service. */
  public List<FaultProxy> proxies() {
    return List.of(sdk, auth, stream, events);
  }

  /** What is right. */
  public Landscape landscape() {
    return landscape;
  }

  /** Who watches. */
  public Observer observer() {
    return observer;
  }

  /** The instances that were started. */
  public List<Living> instances() {
    return List.copyOf(instances);
  }

  /** A connector to the service behind the proxies. */
  public SplitConnector connector() {
    return SplitConnector.sdkKey(KEY)
        .sdkEndpoint(URI.create(sdk.url()))
        .authEndpoint(URI.create(auth.url() + "/api/v2/auth"))
        .streamingEndpoint(URI.create(stream.url() + "/sse"))
        .eventsEndpoint(URI.create(events.url()))
        .telemetryEndpoint(URI.create(events.url() + "/api/v1"))
        .http(http -> http.withoutEnvironmentProxy().withTimeouts(QUICK));
  }

  /** Starts an instance at the pace of a day in five minutes, and waits until it is ready. */
  public SplitFactory start(String name, SplitConnector connector, SplitConfig config) {
    Watched watched = new Watched(connector, observer);
    SplitFactory factory =
        Paced.start(
            watched,
            config.withInstanceName(name),
            timers -> new FastTimers(timers, FastTimers.DAY_IN_FIVE_MINUTES));
    factory.ready().orTimeout(20, TimeUnit.SECONDS).join();
    instances.add(new Living(name, factory, watched));
    return factory;
  }

  /** In what the instances differ from the service. */
  public List<String> differences() {
    List<String> found = new ArrayList<>();
    for (Living living : instances) {
      SplitClient client = living.factory.client();
      landscape
          .differences(living.watched.held(), (key, flag) -> answer(client, key, flag))
          .forEach(difference -> found.add(living.name + ": " + difference));
    }
    return found;
  }

  private String answer(SplitClient client, String key, String flag) {
    String treatment = client.getTreatment(key, flag);
    answers += treatment.equals("control") ? 0 : 1;
    return treatment;
  }

  /** How many treatments other than control comparing has taken so far. */
  public long answers() {
    return answers;
  }

  /**
   * Waits until every instance holds what the service does, compared in all its depth.
   *
   * @return how long that took
   * @throws AssertionError if it is not in time; says in what they still differ
   */
  public Duration converge(Duration limit, String after) {
    long start = System.nanoTime();
    Patience.await(limit, after, this::differences);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** How often an instance asked for flags since this was asked last. */
  public long reads(String instance) {
    var log = cloud.requests();
    long reads =
        log.matching(
                request ->
                    Endpoint.SPLIT_CHANGES.matches(request)
                        && request.header("SplitSDKMachineName").orElse("").equals(instance))
            .size();
    log.clear();
    return reads;
  }

  /** How many notifications of changes were sent. */
  public long notifications() {
    return List.of("SPLIT_UPDATE", "SPLIT_KILL", "SEGMENT_UPDATE", "RB_SEGMENT_UPDATE").stream()
        .mapToLong(cloud.streaming()::sent)
        .sum();
  }

  /** Mends all that is broken. */
  public void mend() {
    cloud.faults().clear();
    proxies()
        .forEach(
            proxy -> {
              proxy.clear();
              proxy.accept();
            });
  }

  @Override
  public void close() {
    instances.forEach(living -> living.factory.destroy());
    proxies().forEach(FaultProxy::close);
    cloud.close();
    observer.close();
  }
}
