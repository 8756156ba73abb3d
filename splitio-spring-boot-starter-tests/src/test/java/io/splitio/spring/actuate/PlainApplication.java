package io.splitio.spring.actuate;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Nothing but what is configured automatically. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {}
