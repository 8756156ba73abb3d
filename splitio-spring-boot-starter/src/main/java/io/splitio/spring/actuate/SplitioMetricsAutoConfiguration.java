package io.splitio.spring.actuate;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters, which Spring Boot binds to every registry of Micrometer there is. */
@AutoConfiguration(after = SplitioAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnSingleCandidate(SplitFactory.class)
public final class SplitioMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "splitioMetrics")
  MeterBinder splitioMetrics(SplitFactory factory) {
    return new SplitioMetrics(factory);
  }
}
