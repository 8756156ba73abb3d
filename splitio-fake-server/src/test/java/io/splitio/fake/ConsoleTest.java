package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.fake.http.Fault;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final SplitCloud cloud = SplitCloud.start();
  private final Console console = new Console(cloud);

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void flagsAreMadeKilledAndArchived() {
    assertThat(console.answer("flag banner on")).startsWith("{\"changeNumber\":");
    console.answer("kill banner off");
    assertThat(cloud.flags().get("banner"))
        .hasValueSatisfying(
            json -> assertThat(json).contains("\"killed\":true", "\"defaultTreatment\":\"off\""));
    console.answer("archive banner");
    assertThat(cloud.flags().names()).isEmpty();
  }

  @Test
  void whatIsToBeDoneSoonIsDoneAfterTheAnswer() {
    assertThat(console.answer("soon flag banner on")).isEqualTo("{}");
    await().until(() -> cloud.flags().names().contains("banner"));
  }

  @Test
  void aFlagIsMadeOfJson() {
    console.answer("flag {\"name\": \"banner\"}");
    assertThat(cloud.flags().names()).containsExactly("banner");
  }

  @Test
  void keysEnterAndLeaveSegments() {
    console.answer("segment beta +a +b -a");
    assertThat(cloud.segment("beta").members()).containsExactly("b");
  }

  @Test
  void ruleBasedSegmentsAreMade() {
    console.answer("rbs vip a b");
    assertThat(cloud.ruleBasedSegments().get("vip"))
        .hasValueSatisfying(json -> assertThat(json).contains("[\"a\",\"b\"]"));
  }

  @Test
  void streamingIsTurnedOff() {
    console.answer("streaming disable");
    assertThat(cloud.authentication().answer()).contains("\"pushEnabled\":false");
  }

  @Test
  void anEndpointFailsUntilFaultsAreCleared() {
    console.answer("fault auth 503");
    HttpCalls http = new HttpCalls(cloud.url());
    assertThat(http.get("/api/v2/auth").statusCode()).isEqualTo(503);
    console.answer("fault clear");
    assertThat(http.get("/api/v2/auth").statusCode()).isEqualTo(200);
  }

  @Test
  void commandsArePostedWithoutAKeyAndInSpiteOfFaults() {
    HttpCalls http = new HttpCalls(cloud.url());
    cloud.behaviour().acceptKeys("another");
    cloud.faults().always(Fault.hang());
    HttpResponse<String> answer = http.post("/control", "flag {\"name\": \"banner\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"changeNumber\":%d}".formatted(cloud.flags().changeNumber()));
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void aPostedCommandThatFailsIsABadRequest() {
    HttpResponse<String> answer = new HttpCalls(cloud.url()).post("/control", "dance");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"unknown command dance\"}");
  }

  @Test
  void nothingWrittenIsAnEmptyAnswer() {
    assertThat(console.answer("written")).isEqualTo("{}");
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(console.answer("dance")).isEqualTo("{\"error\":\"unknown command dance\"}");
    assertThat(console.answer("kill nothing off"))
        .isEqualTo("{\"error\":\"nothing is not known; put it first\"}");
    assertThat(console.answer("inline loud")).startsWith("{\"error\":");
    assertThat(console.answer("flag banner")).startsWith("{\"error\":");
  }
}
