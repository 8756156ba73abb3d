package io.splitio.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.spring.Running;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class EndpointTest {
  private static final String EXPOSED = "management.endpoints.web.exposure.include=splitio";
  private static final List<Impression> impressions = new CopyOnWriteArrayList<>();

  private static Running application;

  @BeforeAll
  static void start() {
    application = Running.start(ManyFlags.class, EXPOSED);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void stateOfTheSdkIsShown() throws Exception {
    assertThat(map(overview("").get("sdk")))
        .containsEntry("status", "READY")
        .containsEntry("mode", "in-memory")
        .containsEntry("flags", 1200)
        .containsKey("lastSynchronized");
  }

  @Test
  void firstPageHoldsAHundredFlagsInTheOrderOfTheirNames() throws Exception {
    Map<String, Object> flags = map(overview("").get("flags"));

    assertThat(flags).containsEntry("page", 0).containsEntry("size", 100);
    assertThat(flags).containsEntry("total", 1200);
    assertThat(names(flags)).hasSize(100).startsWith("flag-0000", "flag-0001").isSorted();
  }

  @Test
  void lastPageHoldsTheRest() throws Exception {
    Map<String, Object> flags = map(overview("?page=2&size=500").get("flags"));

    assertThat(names(flags)).hasSize(200).startsWith("flag-1000").endsWith("flag-1199");
  }

  @Test
  void pageBeyondTheLastIsEmpty() throws Exception {
    assertThat(names(map(overview("?page=2147483647&size=500").get("flags")))).isEmpty();
  }

  @Test
  void pageOfMoreThanFiveHundredFlagsIsRefused() throws Exception {
    assertThat(application.get("/actuator/splitio?size=501").status()).isEqualTo(400);
    assertThat(application.get("/actuator/splitio?size=0").status()).isEqualTo(400);
    assertThat(application.get("/actuator/splitio?page=-1").status()).isEqualTo(400);
  }

  @Test
  void oneFlagIsShown() throws Exception {
    Map<String, Object> report = application.get("/actuator/splitio/flag-0007").json();

    assertThat(map(report.get("flag")))
        .containsEntry("name", "flag-0007")
        .containsEntry("killed", false);
    assertThat(report.get("explanation")).isNull();
  }

  @Test
  void unknownFlagIsNotFound() throws Exception {
    assertThat(application.get("/actuator/splitio/none").status()).isEqualTo(404);
    assertThat(application.get("/actuator/splitio/none?key=anna").status()).isEqualTo(404);
  }

  @Test
  void decisionForAKeyIsExplainedAndNotRecorded() throws Exception {
    Map<String, Object> report =
        application
            .get(
                "/actuator/splitio/flag-0007?key=anna&bucketingKey=team&attr=plan=gold&attr=age=30")
            .json();

    Map<String, Object> explanation = map(report.get("explanation"));
    assertThat(explanation)
        .containsEntry("flag", "flag-0007")
        .containsEntry("matchingKey", "anna")
        .containsEntry("bucketingKey", "team");
    assertThat(map(map(explanation.get("evaluation")).get("result")))
        .containsEntry("treatment", "v7");
    assertThat((List<?>) explanation.get("steps")).isNotEmpty();
    assertThat(impressions).isEmpty();
  }

  @Test
  void attributeWithoutAValueIsRefused() throws Exception {
    assertThat(application.get("/actuator/splitio/flag-0007?key=anna&attr=plan").status())
        .isEqualTo(400);
  }

  @Test
  void endpointIsNotExposedUnlessTheUserExposesIt() throws Exception {
    try (Running plain = Running.start(ManyFlags.class)) {
      assertThat(plain.get("/actuator/splitio").status()).isEqualTo(404);
    }
  }

  @Test
  void secretsAreHiddenEvenWhereValuesAreShown() throws Exception {
    try (Running plain =
        Running.start(
            ManyFlags.class,
            "splitio.api-key=canary-0123456789",
            "splitio.http.proxy.host=proxy.example.com",
            "splitio.http.proxy.port=3128",
            "splitio.http.proxy.username=robot",
            "splitio.http.proxy.password=canary-password",
            "splitio.http.headers.X-Team=canary-header",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always")) {
      for (String endpoint : List.of("env", "configprops", "splitio", "health", "beans")) {
        Running.Answer answer = plain.get("/actuator/" + endpoint);
        assertThat(answer.status()).as(endpoint).isEqualTo(200);
        assertThat(answer.body()).as(endpoint).doesNotContain("canary");
      }
      assertThat(plain.get("/actuator/env/splitio.api-key").body()).contains("******");
      assertThat(plain.get("/actuator/env/splitio.http.headers.X-Team").body()).contains("******");
      assertThat(plain.get("/actuator/configprops/splitio").body())
          .contains("apiKey", "password", "proxy.example.com", "X-Team");
    }
  }

  @Test
  void tokenForTheProxyIsHiddenToo() throws Exception {
    try (Running plain =
        Running.start(
            ManyFlags.class,
            "splitio.http.proxy.host=proxy.example.com",
            "splitio.http.proxy.port=3128",
            "splitio.http.proxy.bearer-token=canary-token",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always")) {
      assertThat(plain.get("/actuator/env").body()).doesNotContain("canary");
      assertThat(plain.get("/actuator/configprops").body())
          .contains("bearerToken")
          .doesNotContain("canary");
    }
  }

  @Test
  void secretsOfOtherBackendsAreHiddenToo() throws Exception {
    try (Running plain =
        Running.start(
            ManyFlags.class,
            "splitio.mode=localhost",
            "splitio.featbit.env-secret=canary-secret",
            "splitio.redis.url=redis://app:canary@password@redis.example.com:6379/1",
            "splitio.redis.cluster.nodes[0]=redis://canary@redis.example.com:6379",
            "splitio.redis.sentinel.password=canary-password",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always")) {
      assertThat(plain.get("/actuator/env").body())
          .contains("redis://app:******@redis.example.com:6379/1")
          .contains("redis://******@redis.example.com:6379")
          .doesNotContain("canary");
      assertThat(plain.get("/actuator/env/splitio.featbit.env-secret").body()).contains("******");
      assertThat(plain.get("/actuator/configprops").body()).doesNotContain("canary");
    }
  }

  @Test
  void afterDestroyThereAreNoFlags() throws Exception {
    try (Running destroyed = Running.start(ManyFlags.class, EXPOSED)) {
      destroyed.bean(SplitFactory.class).destroy();

      Map<String, Object> overview = destroyed.get("/actuator/splitio").json();

      assertThat(map(overview.get("sdk"))).containsEntry("status", "DESTROYED");
      assertThat(map(overview.get("flags"))).containsEntry("total", 0);
    }
  }

  private static Map<String, Object> overview(String query) throws Exception {
    return application.get("/actuator/splitio" + query).json();
  }

  private static List<String> names(Map<String, Object> flags) {
    return ((List<?>) flags.get("items"))
        .stream().map(flag -> String.valueOf(map(flag).get("name"))).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ManyFlags {
    @Bean
    InMemoryTreatments flags() {
      return LocalhostConnector.treatments(
          IntStream.range(0, 1200)
              .boxed()
              .collect(Collectors.toMap("flag-%04d"::formatted, number -> "v" + number)));
    }

    @Bean
    ImpressionListener listener() {
      return impressions::add;
    }
  }
}
