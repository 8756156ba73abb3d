package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.SplitResult;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactive methods are decided at each subscription. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledPublisherTest {

  static class Feed {
    private final AtomicInteger runs = new AtomicInteger();

    int runs() {
      return runs.get();
    }

    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldOne")
    Mono<String> one(String user) {
      runs.incrementAndGet();
      return Mono.just("new for " + user);
    }

    private Mono<String> oldOne(String user, SplitResult why) {
      return Mono.just("old for " + user + " because " + why.treatment());
    }

    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldMany")
    Flux<String> many(String user) {
      return Flux.just("new", user);
    }

    private Flux<String> oldMany(String user) {
      return Flux.just("old", user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Mono<String> refusing(String user) {
      return Mono.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Flux<String> refusingMany(String user) {
      return Flux.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Mono<Void> nothing(String user) {
      return Mono.error(new IllegalStateException(user));
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Mono<String> empty(String user) {
      return Mono.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Flux<String> emptyMany(String user) {
      return Flux.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Publisher<String> publisher(String user) {
      return Flux.just(user, user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Flow.Publisher<String> flow(String user) {
      return FlowAdapters.toFlowPublisher(Flux.just(user, user));
    }

    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "failingOld")
    Mono<String> failing(String user) throws IOException {
      throw new IOException("new for " + user);
    }

    private Mono<String> failingOld(String user) throws IOException {
      throw new IOException("old for " + user);
    }

    @FeatureToggle(
        flag = "live",
        key = "#user",
        variants = @Variant(treatment = "v2", method = "second"))
    Mono<String> variant(String user) {
      return Mono.just("first for " + user);
    }

    private Mono<String> second(String user) {
      return Mono.just("second for " + user);
    }
  }

  private static void live(String treatment, Consumer<Feed> visit) {
    Shop.open(
        shop -> {
          shop.set("live", treatment);
          visit.accept(shop.bean(Feed.class));
        },
        Feed.class);
  }

  @Test
  void nothingIsDecidedBeforeTheSubscription() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Mono<String> one = shop.bean(Feed.class).one("ann");
          assertThat(shop.asked().questions()).isEmpty();
          assertThat(shop.bean(Feed.class).runs()).isZero();
          assertThat(one.block()).isEqualTo("new for ann");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Feed.class);
  }

  @Test
  void eachSubscriptionIsDecidedAnew() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Mono<String> one = shop.bean(Feed.class).one("ann");
          assertThat(one.block()).isEqualTo("new for ann");
          shop.set("live", "off");
          assertThat(one.block()).isEqualTo("old for ann because off");
          shop.set("live", "on");
          assertThat(one.block()).isEqualTo("new for ann");
          assertThat(shop.asked().questions()).hasSize(3);
        },
        Feed.class);
  }

  @Test
  void aFluxIsDecidedLikeAMono() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Flux<String> many = shop.bean(Feed.class).many("ann");
          assertThat(many.collectList().block()).containsExactly("new", "ann");
          shop.set("live", "off");
          assertThat(many.collectList().block()).containsExactly("old", "ann");
        },
        Feed.class);
  }

  @Test
  void aSubscriptionIsRefusedByAnError() {
    live(
        "off",
        feed -> {
          assertThatThrownBy(feed.refusing("ann")::block)
              .isInstanceOf(FeatureDisabledException.class);
          assertThatThrownBy(feed.refusingMany("ann")::blockLast)
              .isInstanceOf(FeatureDisabledException.class);
        });
  }

  @Test
  void aPublisherOfNothingIsLeftOut() {
    live("off", feed -> assertThat(feed.nothing("ann").block()).isNull());
  }

  @Test
  void emptyMeansCompleteWithoutAValue() {
    live(
        "off",
        feed -> {
          assertThat(feed.empty("ann").block()).isNull();
          assertThat(feed.emptyMany("ann").collectList().block()).isEmpty();
          assertThat(Flux.from(feed.publisher("ann")).collectList().block()).isEmpty();
        });
  }

  @Test
  void otherPublishersAreDecidedToo() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Feed feed = shop.bean(Feed.class);
          Flux<String> flow = Flux.from(FlowAdapters.toPublisher(feed.flow("ann")));
          assertThat(Flux.from(feed.publisher("ann")).collectList().block()).hasSize(2);
          assertThat(flow.collectList().block()).hasSize(2);
          shop.set("live", "off");
          assertThat(flow.collectList().block()).isEmpty();
        },
        Feed.class);
  }

  @Test
  void exceptionsThrownBeforeAPublisherIsMadeReachTheSubscriber() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          var failing = failing(shop.bean(Feed.class));
          assertThatThrownBy(() -> failing.toFuture().join())
              .isInstanceOf(CompletionException.class)
              .cause()
              .isExactlyInstanceOf(IOException.class)
              .hasMessage("new for ann");
          shop.set("live", "off");
          assertThatThrownBy(() -> failing.toFuture().join())
              .cause()
              .isExactlyInstanceOf(IOException.class)
              .hasMessage("old for ann");
        },
        Feed.class);
  }

  private static Mono<String> failing(Feed feed) {
    try {
      return feed.failing("ann");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aVariantMayBeReactive() {
    live("v2", feed -> assertThat(feed.variant("ann").block()).isEqualTo("second for ann"));
    live("off", feed -> assertThat(feed.variant("ann").block()).isEqualTo("first for ann"));
  }
}
