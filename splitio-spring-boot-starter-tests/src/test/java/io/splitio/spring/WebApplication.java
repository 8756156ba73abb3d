package io.splitio.spring;

import io.splitio.api.SplitClient;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application whose flags are there when the test lets them in. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WebApplication {

  @Bean
  GatedConnector flags() {
    return new GatedConnector();
  }

  /** A request that takes as long as the test wants. */
  @RestController
  public static final class Slow {
    /** Counted down when the request has arrived. */
    public final CountDownLatch arrived = new CountDownLatch(1);

    /** The request goes on when this is counted down. */
    public final CountDownLatch proceed = new CountDownLatch(1);

    private final SplitClient client;

    Slow(SplitClient client) {
      this.client = client;
    }

    @GetMapping("/now")
    String now() {
      return client.getTreatment("anna", "checkout");
    }

    @GetMapping("/slow")
    String slow() throws InterruptedException {
      arrived.countDown();
      proceed.await();
      return now();
    }
  }
}
