package io.splitio.sample.featbit;

import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.spring.featbit.FeatBitConnectorCustomizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;

/**
 * A FeatBit server on a free port of this machine, with the flags of the shop's file. A real
 * application needs nothing of this: FeatBit is there, and its address and a secret are enough.
 */
@Configuration(proxyBeanMethods = false)
@Profile("featbit")
class FeatBitBesideTheShop {

  @Bean
  VariationNames variationNames(@Value("${sample.featbit-flags}") Resource flags)
      throws IOException {
    return VariationNames.read(flags.getContentAsString(StandardCharsets.UTF_8));
  }

  @Bean
  FeatBitServer featBitServer(
      @Value("${sample.featbit-flags}") Resource flags,
      @Value("${splitio.featbit.env-secret}") String secret)
      throws IOException {
    FeatBitServer server = FeatBitServer.start(secret);
    server.load(flags.getContentAsString(StandardCharsets.UTF_8));
    return server;
  }

  @Bean
  FeatBitConnectorCustomizer addressOfFeatBit(FeatBitServer server) {
    return connector -> connector.streaming(server.streaming()).events(server.events());
  }
}
