package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.SplitClient;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.spring.SdkThreads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A cloud on a free port with the flag checkout, and applications with the key for it. */
abstract class CloudFixture {
  static final Duration SOON = Duration.ofSeconds(20);
  static final String KEY = "canary-key-0123456789";

  final SplitCloud cloud = SplitCloud.start();
  final ApplicationContextRunner elsewhere =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(SslAutoConfiguration.class, SplitioAutoConfiguration.class))
          .withPropertyValues("splitio.api-key=" + KEY);
  final ApplicationContextRunner runner =
      elsewhere.withPropertyValues("splitio.endpoints.all=" + cloud.url());

  @BeforeEach
  void flag() {
    cloud.flags().put(Flag.named("checkout").otherwise("v2"));
  }

  @AfterEach
  void nothingIsLeft() {
    cloud.close();
    SdkThreads.assertNoneLeft();
  }

  static String treatment(BeanFactory context) {
    return context.getBean(SplitClient.class).getTreatment("anna", "checkout");
  }

  static void serves(BeanFactory context, String treatment) {
    await().atMost(SOON).untilAsserted(() -> assertThat(treatment(context)).isEqualTo(treatment));
  }
}
