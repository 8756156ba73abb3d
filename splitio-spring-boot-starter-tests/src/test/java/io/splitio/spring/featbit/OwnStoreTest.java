package io.splitio.spring.featbit;

import static io.splitio.spring.featbit.Environment.ANNA;
import static io.splitio.spring.featbit.Environment.CHECKOUT;
import static io.splitio.spring.featbit.Environment.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.backend.featbit.DefinitionStore;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FeatBitClient;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A store of definitions that is a bean. */
class OwnStoreTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final Map<String, String> kept = new ConcurrentHashMap<>();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SslAutoConfiguration.class,
                  SplitioFeatBitAutoConfiguration.class,
                  SplitioAutoConfiguration.class))
          .withPropertyValues(
              "splitio.featbit.env-secret=" + SECRET,
              "splitio.featbit.streaming-url=" + server.streaming())
          .withBean(DefinitionStore.class, Kept::new);

  /** Keeps them in memory. */
  private final class Kept implements DefinitionStore {
    @Override
    public Map<String, String> load() {
      return kept;
    }

    @Override
    public void replace(Map<String, String> all) {
      kept.putAll(all);
    }

    @Override
    public void put(Map<String, String> changed) {
      kept.putAll(changed);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    SdkThreads.assertNoneLeft();
  }

  @Test
  void anApplicationThatStartsWithoutFeatBitServesWhatItsBeanKept() {
    server.putFlag(CHECKOUT);
    runner.run(context -> await().atMost(SOON).until(() -> kept.containsKey("flag/checkout")));
    server.refuse(503);
    runner.run(
        context -> {
          assertThat(context.getBean(SplitFactory.class).status())
              .isEqualTo(SdkStatus.READY_FROM_CACHE);
          assertThat(context.getBean(FeatBitClient.class).boolVariation("checkout", ANNA, false))
              .isTrue();
        });
  }

  @Test
  void ofSeveralNoneIsChosen() {
    runner
        .withBean("other", DefinitionStore.class, Kept::new)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("expected single matching bean but found 2"));
  }
}
