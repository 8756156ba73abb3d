package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The worked example of the protocol specification (15.1 to 15.6), with the bytes written there.
 */
@Timeout(60)
class WorkedExampleTest extends CloudFixture {
  private static final Map<String, String> BYTES = bytes();
  private static final String TOKEN =
      Objects.requireNonNull(BYTES.get("auth")).replaceAll("(?s).*\"token\":\"([^\"]*).*", "$1");

  private final BlockingQueue<String> stream = new LinkedBlockingQueue<>();

  private static Map<String, String> bytes() {
    Map<String, String> parts = new HashMap<>();
    try (InputStream file =
        WorkedExampleTest.class.getResourceAsStream("/spec/worked-example.txt")) {
      String all = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      for (String part : all.split("(?m)^== ")) {
        int end = Math.max(0, part.indexOf('\n'));
        parts.put(part.substring(0, end), part.substring(end));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return parts;
  }

  private void answers(Endpoint endpoint, String... names) {
    for (String name : names) {
      String body = BYTES.getOrDefault(name, name);
      cloud.faults().next(endpoint, Fault.body("application/json", body));
    }
  }

  private static String segment(String name, long till) {
    return "{\"name\":\"%s\",\"added\":[],\"removed\":[],\"since\":%d,\"till\":%d}"
        .formatted(name, till, till);
  }

  private static String nothingSince(long till) {
    return "{\"ff\":{\"s\":%d,\"t\":%d,\"d\":[]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}"
        .formatted(till, till);
  }

  /** What the service says on the stream, without the line break after its name. */
  private void says(String name) {
    stream.add(Objects.requireNonNull(BYTES.get(name)).substring(1));
  }

  private void listen() {
    cloud
        .faults()
        .next(
            Endpoint.STREAM,
            Fault.reply(
                Reply.events(
                    sink -> {
                      try {
                        while (true) {
                          sink.write(stream.take().getBytes(UTF_8));
                        }
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    })));
  }

  private List<String> all() {
    return cloud.requests().matching(request -> request.method().equals("GET")).stream()
        .map(request -> request.target())
        .toList();
  }

  private void asks(String... targets) {
    await().atMost(SOON).untilAsserted(() -> assertThat(all()).containsExactly(targets));
    cloud.requests().clear();
  }

  @Test
  void itGoesAsWritten() {
    long flags = 1_760_000_000_100L;
    answers(Endpoint.SPLIT_CHANGES, "first page", "empty page", "empty page");
    answers(
        Endpoint.SEGMENT_CHANGES,
        "beta_testers",
        segment("beta_testers", 1_759_990_000_000L),
        segment("beta_testers", 1_759_990_000_000L));
    answers(Endpoint.AUTH, "auth");
    listen();
    SplitFactory factory = ready(connector());
    cloud.requests().await(Endpoint.STREAM, 1, SOON);
    says("first events");
    asks(
        "/api/splitChanges?s=1.3&since=-1&rbSince=-1",
        "/api/splitChanges?s=1.3&since=1760000000100&rbSince=-1",
        "/api/segmentChanges/beta_testers?since=-1",
        "/api/segmentChanges/beta_testers?since=1759990000000",
        "/api/v2/auth?s=1.3",
        "/sse?channels=ORG1_ENV7_splits%2CORG1_ENV7_segments"
            + "%2C%5B%3Foccupancy%3Dmetrics.publishers%5Dcontrol_pri"
            + "%2C%5B%3Foccupancy%3Dmetrics.publishers%5Dcontrol_sec&v=1.1&accessToken="
            + TOKEN,
        "/api/splitChanges?s=1.3&since=" + flags + "&rbSince=-1",
        "/api/segmentChanges/beta_testers?since=1759990000000");
    serves(factory, "u1", "checkout_v2", "on");
    serves(factory, "u7", "checkout_v2", "on");

    answers(
        Endpoint.SEGMENT_CHANGES,
        "{\"name\":\"vip_users\",\"added\":[\"u2\"],\"removed\":[],\"since\":-1,"
            + "\"till\":1759000000000}",
        segment("vip_users", 1_759_000_000_000L));
    says("update");
    asks(
        "/api/segmentChanges/vip_users?since=-1",
        "/api/segmentChanges/vip_users?since=1759000000000");
    serves(factory, "u2", "banner", "show");
    serves(factory, "u1", "banner", "hide");

    answers(
        Endpoint.SPLIT_CHANGES,
        nothingSince(1_760_000_060_000L),
        "killed page",
        nothingSince(1_760_000_200_300L));
    says("kill");
    asks(
        "/api/splitChanges?s=1.3&since=1760000060000&rbSince=-1",
        "/api/splitChanges?s=1.3&since=1760000060000&rbSince=-1",
        "/api/splitChanges?s=1.3&since=1760000200300&rbSince=-1");
    serves(factory, "u2", "banner", "hide");

    answers(
        Endpoint.SEGMENT_CHANGES,
        "{\"name\":\"beta_testers\",\"added\":[\"u9\"],\"removed\":[\"u7\"],"
            + "\"since\":1759990000000,\"till\":1760000240000}",
        segment("beta_testers", 1_760_000_240_000L));
    says("segment update");
    asks(
        "/api/segmentChanges/beta_testers?since=1759990000000",
        "/api/segmentChanges/beta_testers?since=1760000240000");
    serves(factory, "u9", "checkout_v2", "on");
    serves(factory, "u7", "checkout_v2", "off");
  }
}
