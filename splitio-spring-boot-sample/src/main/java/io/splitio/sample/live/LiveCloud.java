package io.splitio.sample.live;

import io.splitio.fake.SplitCloud;
import io.splitio.spring.autoconfigure.SplitConnectorCustomizer;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;

/**
 * A Split cloud on a free port of this machine, with the flags of the shop's files. A real
 * application needs nothing of this: the cloud is there, and a key is enough.
 */
@Configuration(proxyBeanMethods = false)
@Profile("live")
class LiveCloud {

  @Bean
  FlagFile flagFile(
      @Value("${splitio.localhost.split-file}") Resource flags,
      @Value("${splitio.localhost.segment-directory}") Resource segments)
      throws IOException {
    return FlagFile.read(flags.getFile().toPath(), segments.getFile().toPath());
  }

  @Bean
  SplitCloud cloud(FlagFile file) {
    SplitCloud cloud = SplitCloud.start();
    file.segments().forEach((segment, keys) -> cloud.segment(segment).add(keys));
    file.flags().values().forEach(cloud.flags()::put);
    return cloud;
  }

  @Bean
  SplitConnectorCustomizer cloudBesideTheShop(SplitCloud cloud) {
    return connector -> connector.endpoint(URI.create(cloud.url()));
  }
}
