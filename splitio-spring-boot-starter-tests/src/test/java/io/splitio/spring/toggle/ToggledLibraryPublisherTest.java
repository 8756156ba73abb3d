package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

/** RxJava and Mutiny are decided like Reactor: at each subscription. */
class ToggledLibraryPublisherTest {

  static class Rx {
    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldSingle")
    Single<String> single(String user) {
      return Single.just("new for " + user);
    }

    Single<String> oldSingle(String user) {
      return Single.just("old for " + user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Single<String> refused(String user) {
      return Single.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Flowable<String> flowable(String user) {
      return Flowable.just("new", user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Observable<String> observable(String user) {
      return Observable.just("new", user);
    }

    @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
    Maybe<String> maybe(String user) {
      return Maybe.just(user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Completable nothing(String user) {
      return Completable.error(new IllegalStateException(user));
    }
  }

  static class Muted {
    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldUni")
    Uni<String> uni(String user) {
      return Uni.createFrom().item("new for " + user);
    }

    Uni<String> oldUni(String user) {
      return Uni.createFrom().item("old for " + user);
    }

    @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldMulti")
    Multi<String> multi(String user) {
      return Multi.createFrom().items("new", user);
    }

    Multi<String> oldMulti(String user) {
      return Multi.createFrom().items("old", user);
    }

    @FeatureToggle(flag = "live", key = "#user")
    Uni<String> refused(String user) {
      return Uni.createFrom().item(user);
    }
  }

  static class NeverEmpty {
    @FeatureToggle(flag = "live", key = "'a'", whenOff = WhenOff.EMPTY)
    Single<String> single() {
      return Single.just("new");
    }
  }

  @Test
  void aSingleIsDecidedAtEachSubscription() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Single<String> single = shop.bean(Rx.class).single("ann");
          assertThat(shop.asked().questions()).isEmpty();
          assertThat(single.blockingGet()).isEqualTo("new for ann");
          shop.set("live", "off");
          assertThat(single.blockingGet()).isEqualTo("old for ann");
        },
        Rx.class);
  }

  @Test
  void aSingleIsRefusedByAnError() {
    Shop.open(
        shop ->
            assertThatThrownBy(shop.bean(Rx.class).refused("ann")::blockingGet)
                .isInstanceOf(FeatureDisabledException.class),
        Rx.class);
  }

  @Test
  void rxTypesOfSeveralOrNoValuesAreEmptyWhenOffAndPassWhenOn() {
    Shop.open(
        shop -> {
          Rx rx = shop.bean(Rx.class);
          shop.set("live", "off");
          assertThat(rx.flowable("ann").toList().blockingGet()).isEmpty();
          assertThat(rx.observable("ann").toList().blockingGet()).isEmpty();
          assertThat(rx.maybe("ann").isEmpty().blockingGet()).isTrue();
          rx.nothing("ann").blockingAwait();
          shop.set("live", "on");
          assertThat(rx.flowable("ann").toList().blockingGet()).containsExactly("new", "ann");
          assertThat(rx.observable("ann").toList().blockingGet()).containsExactly("new", "ann");
          assertThat(rx.maybe("ann").blockingGet()).isEqualTo("ann");
          assertThatThrownBy(rx.nothing("ann")::blockingAwait).hasMessage("ann");
        },
        Rx.class);
  }

  @Test
  void mutinyIsDecidedAtEachSubscription() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Uni<String> uni = shop.bean(Muted.class).uni("ann");
          Multi<String> multi = shop.bean(Muted.class).multi("ann");
          assertThat(shop.asked().questions()).isEmpty();
          assertThat(uni.await().indefinitely()).isEqualTo("new for ann");
          assertThat(multi.collect().asList().await().indefinitely()).containsExactly("new", "ann");
          shop.set("live", "off");
          assertThat(uni.await().indefinitely()).isEqualTo("old for ann");
          assertThat(multi.collect().asList().await().indefinitely()).containsExactly("old", "ann");
        },
        Muted.class);
  }

  @Test
  void aUniIsRefusedByAFailure() {
    Shop.open(
        shop ->
            assertThatThrownBy(() -> shop.bean(Muted.class).refused("ann").await().indefinitely())
                .isInstanceOf(FeatureDisabledException.class),
        Muted.class);
  }

  @Test
  void aTypeThatIsNeverEmptyCannotBeEmptyWhenOff() {
    BrokenShop.of(NeverEmpty.class)
        .saysWhy("NeverEmpty.single(): returns io.reactivex.rxjava3.core.Single", "never empty");
  }
}
