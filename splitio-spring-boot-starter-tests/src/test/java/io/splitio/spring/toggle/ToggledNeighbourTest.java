package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Among the other things that proxies do. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledNeighbourTest {

  static class Prices {
    @Cacheable("prices")
    @Transactional
    @FeatureToggle(flag = "live", key = "#item", fallbackMethod = "old")
    public String price(String item) {
      return "new " + item;
    }

    private String old(String item) {
      return "old " + item;
    }
  }

  static class Transactions extends AbstractPlatformTransactionManager {
    private final AtomicInteger begun = new AtomicInteger();

    @Override
    protected Object doGetTransaction() {
      return this;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
      begun.incrementAndGet();
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Infrastructure {
    @Bean
    ConcurrentMapCacheManager cacheManager() {
      return new ConcurrentMapCacheManager();
    }

    @Bean
    Transactions transactionManager() {
      return new Transactions();
    }
  }

  @Test
  void theOffBranchOpensNoTransactionAndIsNotCached() {
    Shop.open(
        shop -> {
          Prices prices = shop.bean(Prices.class);
          Transactions transactions = shop.bean(Transactions.class);
          shop.set("live", "off");
          assertThat(prices.price("tea")).isEqualTo("old tea");
          assertThat(transactions.begun).hasValue(0);
          shop.set("live", "on");
          assertThat(prices.price("tea")).isEqualTo("new tea");
          assertThat(transactions.begun).hasValue(1);
          shop.set("live", "off");
          assertThat(prices.price("tea")).isEqualTo("old tea");
        },
        Infrastructure.class,
        Prices.class);
  }

  @Test
  void theOrderIsAProperty() {
    Shop.open(
        Shop.with(Infrastructure.class, Prices.class)
            .withPropertyValues("splitio.toggle.order=" + Integer.MAX_VALUE),
        shop -> {
          shop.set("live", "off");
          assertThat(shop.bean(Prices.class).price("tea")).isEqualTo("old tea");
          shop.set("live", "on");
          assertThat(shop.bean(Prices.class).price("tea")).isEqualTo("old tea");
        });
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync(proxyTargetClass = true)
  static class AsyncInfrastructure {}

  static class Mail {
    private final CountDownLatch sent = new CountDownLatch(1);

    CountDownLatch sent() {
      return sent;
    }

    @Async
    @FeatureToggle(flag = "live", key = "#user")
    public void send(String user) {
      sent.countDown();
    }

    @Async
    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "old")
    public CompletableFuture<String> sendAndSay(String user) {
      return CompletableFuture.completedFuture("new for " + user);
    }

    private CompletableFuture<String> old(String user) {
      return CompletableFuture.completedFuture("old for " + user);
    }
  }

  @Test
  void anAsyncMethodIsDecidedOnItsOwnThread() {
    Shop.open(
        shop -> {
          shop.set("live", "off");
          assertThat(shop.bean(Mail.class).sendAndSay("ann"))
              .succeedsWithin(Duration.ofSeconds(10))
              .isEqualTo("old for ann");
          assertThat(shop.asked().only().thread()).isNotEqualTo(Thread.currentThread().getName());
          assertThat(shop.asked().only().key().matchingKey()).isEqualTo("ann");
        },
        AsyncInfrastructure.class,
        Mail.class);
  }

  @Test
  void anAsyncMethodThatReturnsNothingIsLeftOut() {
    Shop.open(
        shop -> {
          shop.set("live", "off");
          shop.bean(Mail.class).send("ann");
          Awaitility.await().untilAsserted(() -> assertThat(shop.asked().questions()).hasSize(1));
          shop.set("live", "on");
          assertThat(shop.bean(Mail.class).sent().getCount()).isEqualTo(1);
          shop.bean(Mail.class).send("ann");
          assertThat(shop.bean(Mail.class).sent()).satisfies(ToggledNeighbourTest::opens);
        },
        AsyncInfrastructure.class,
        Mail.class);
  }

  private static void opens(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableScheduling
  static class SchedulingInfrastructure {}

  static class Cleaner {
    private final AtomicInteger cleaned = new AtomicInteger();

    AtomicInteger cleaned() {
      return cleaned;
    }

    @Scheduled(fixedDelay = 20)
    @FeatureToggle(flag = "off", key = "'cleaner'")
    public void clean() {
      cleaned.incrementAndGet();
    }
  }

  @Test
  void aScheduledMethodIsLeftOutWhileItsFlagIsOff() {
    Shop.open(
        shop -> {
          Awaitility.await()
              .untilAsserted(() -> assertThat(shop.asked().questions()).hasSizeGreaterThan(2));
          assertThat(shop.bean(Cleaner.class).cleaned()).hasValue(0);
          shop.set("off", "on");
          Awaitility.await()
              .untilAsserted(
                  () -> assertThat(shop.bean(Cleaner.class).cleaned()).hasPositiveValue());
        },
        SchedulingInfrastructure.class,
        Cleaner.class);
  }

  @RestController
  static class Api {
    @GetMapping("/beta")
    @FeatureToggle(flag = "live", key = "#user")
    public String beta(@RequestParam("user") String user) {
      return "hello " + user;
    }
  }

  @Test
  void aRefusedRequestIsNotFound() {
    Shop.open(
        shop -> {
          MockMvc web = MockMvcBuilders.standaloneSetup(shop.bean(Api.class)).build();
          shop.set("live", "off");
          assertThat(web)
              .satisfies(
                  mvc -> mvc.perform(get("/beta?user=ann")).andExpect(status().isNotFound()));
          shop.set("live", "on");
          assertThat(web)
              .satisfies(
                  mvc ->
                      mvc.perform(get("/beta?user=ann"))
                          .andExpect(status().isOk())
                          .andExpect(content().string("hello ann")));
        },
        Api.class);
  }
}
