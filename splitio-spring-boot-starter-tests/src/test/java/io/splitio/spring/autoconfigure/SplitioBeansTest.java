package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.LossListener;
import io.splitio.SplitFactory;
import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.spring.SdkThreads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class SplitioBeansTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class));
  private final ApplicationContextRunner localhost =
      runner.withPropertyValues("splitio.api-key=localhost", "splitio.localhost.flags.checkout=v2");

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  @Test
  void clientAsyncClientAndManagerAnswerFromTheFactory() {
    localhost.run(
        context -> {
          SplitFactory factory = context.getBean(SplitFactory.class);
          assertThat(context.getBean(SplitClient.class)).isSameAs(factory.client());
          assertThat(context.getBean(SplitManager.class)).isSameAs(factory.manager());
          assertThat(
                  context.getBean(AsyncSplitClient.class).getTreatment("anna", "checkout").join())
              .isEqualTo("v2");
        });
  }

  @Test
  void nothingIsMadeWhenDisabled() {
    runner
        .withPropertyValues("splitio.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(SplitFactory.class)
                    .doesNotHaveBean(Connector.class)
                    .doesNotHaveBean(SplitClient.class)
                    .doesNotHaveBean(SplitioProperties.class));
  }

  @Test
  void factoryIsDestroyedWithTheContext() {
    SplitFactory[] factory = new SplitFactory[1];

    localhost.run(
        context -> {
          factory[0] = context.getBean(SplitFactory.class);
          assertThat(factory[0].isDestroyed()).isFalse();
        });

    assertThat(factory[0].isDestroyed()).isTrue();
  }

  @Test
  void factoryIsDestroyedWhenTheStartOfTheContextFails() {
    localhost
        .withUserConfiguration(Broken.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(context.getStartupFailure()).hasRootCauseMessage("broken bean");
            });

    assertThat(Broken.factory.isDestroyed()).isTrue();
  }

  @Test
  void twoContextsHaveFactoriesOfTheirOwn() {
    localhost.run(
        first -> {
          runner
              .withPropertyValues(
                  "splitio.api-key=localhost", "splitio.localhost.flags.checkout=v3")
              .run(second -> assertThat(treatment(second)).isEqualTo("v3"));
          assertThat(treatment(first)).isEqualTo("v2");
        });
  }

  @Test
  void contextMayBeClosedTwice() {
    localhost.run(
        context -> {
          context.getSourceApplicationContext().close();
          context.getSourceApplicationContext().close();
          SdkThreads.assertNoneLeft();
        });
  }

  @Test
  void flagsDecideAfterTheContextWasStoppedAndStartedAgain() {
    localhost.run(
        context -> {
          ConfigurableApplicationContext application = context.getSourceApplicationContext();
          for (int i = 0; i < 100; i++) {
            application.stop();
            assertThat(treatment(application)).isEqualTo("v2");
            application.start();
          }
          assertThat(treatment(application)).isEqualTo("v2");
        });
  }

  @Test
  void connectorBeanReplacesTheChoiceByProperties() {
    runner
        .withBean(
            InMemoryTreatments.class, () -> LocalhostConnector.treatments(Map.of("checkout", "v1")))
        .run(
            context -> {
              assertThat(treatment(context)).isEqualTo("v1");
              context.getBean(InMemoryTreatments.class).set("checkout", "v9");
              assertThat(treatment(context)).isEqualTo("v9");
            });
  }

  @Test
  void factoryBeanReplacesTheFactory() {
    runner
        .withBean(
            SplitFactory.class,
            () -> SplitFactory.create(LocalhostConnector.treatments(Map.of("checkout", "own"))))
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(Connector.class);
              assertThat(treatment(context)).isEqualTo("own");
            });
  }

  @Test
  void clientsAndManagerCanBeReplaced() {
    localhost
        .withUserConfiguration(OwnClients.class)
        .run(
            context -> {
              assertThat(treatment(context)).isEqualTo("replaced");
              assertThat(context)
                  .hasSingleBean(SplitClient.class)
                  .hasSingleBean(AsyncSplitClient.class)
                  .hasSingleBean(SplitManager.class);
              assertThat(context.getBean(SplitManager.class).split("checkout").treatments())
                  .contains("replaced");
            });
  }

  @Test
  void customizersAreAskedInOrderAfterTheProperties() {
    localhost
        .withPropertyValues("splitio.instance-name=properties")
        .withUserConfiguration(Customizers.class)
        .run(
            context ->
                assertThat(context.getBean(Customizers.class).seen)
                    .containsExactly("properties", "first"));
  }

  @Test
  void impressionListenerBeansHearAndAreClosedOnce() {
    Ears ears = new Ears();

    localhost
        .withBean(Ears.class, () -> ears)
        .run(
            context -> {
              treatment(context);
              await().until(() -> ears.heard.size() == 1);
            });

    assertThat(ears.heard).containsExactly("anna checkout v2");
    assertThat(ears.closed).hasValue(1);
  }

  @Test
  void impressionsOfTheLastMomentReachTheListener() {
    Ears ears = new Ears();

    localhost.withBean(Ears.class, () -> ears).run(SplitioBeansTest::treatment);

    assertThat(ears.heard).containsExactly("anna checkout v2");
  }

  @Test
  void lossListenerBeansAreSetBeforeTheApplicationCustomizes() {
    LossListener listener = loss -> {};
    List<LossListener> seen = new CopyOnWriteArrayList<>();
    SplitConfigCustomizer looking =
        config -> {
          seen.addAll(config.lossListeners());
          return config;
        };

    localhost
        .withBean(LossListener.class, () -> listener)
        .withBean(SplitConfigCustomizer.class, () -> looking)
        .run(context -> assertThat(seen).containsExactly(listener));
  }

  private static String treatment(BeanFactory context) {
    return context.getBean(SplitClient.class).getTreatment("anna", "checkout");
  }

  private static final class Ears implements ImpressionListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void log(Impression impression) {
      heard.add(impression.matchingKey() + " " + impression.flag() + " " + impression.treatment());
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Broken {
    private static SplitFactory factory;

    @Bean
    Object broken(SplitFactory factory) {
      Broken.factory = factory;
      throw new IllegalStateException("broken bean");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Bean
    @Order(2)
    SplitConfigCustomizer second() {
      return config -> {
        seen.add(String.valueOf(config.instanceName()));
        return config.withInstanceName("second");
      };
    }

    @Bean
    @Order(1)
    SplitConfigCustomizer first() {
      return config -> {
        seen.add(String.valueOf(config.instanceName()));
        return config.withInstanceName("first");
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnClients implements DisposableBean {
    private final SplitFactory other =
        SplitFactory.create(LocalhostConnector.treatments(Map.of("checkout", "replaced")));

    @Override
    public void destroy() {
      other.destroy();
    }

    @Bean
    SplitClient ownClient() {
      return other.client();
    }

    @Bean
    AsyncSplitClient ownAsyncClient() {
      return other.client().async();
    }

    @Bean
    SplitManager ownManager() {
      return other.manager();
    }
  }
}
