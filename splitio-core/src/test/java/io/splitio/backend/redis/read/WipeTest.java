package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of an emptied Redis. */
class WipeTest {
  private final Wipe wipe = new Wipe(Long.MAX_VALUE);

  @Test
  void noVersionIsASignOnlyWhereThereWasOne() {
    assertThat(wipe.isYoung()).isFalse();

    wipe.end();

    assertThat(wipe.isYoung()).isTrue();
    wipe.giveUp();
    assertThat(wipe.isYoung()).isFalse();
  }

  @Test
  void whatIsConfirmedOfOneIsNotKnownOfTheNext() {
    wipe.end();
    assertThat(wipe.isYoung()).isTrue();
    wipe.confirm(wipe.current());
    assertThat(wipe.isSure()).isTrue();

    wipe.mayEnd();
    assertThat(wipe.isYoung()).isTrue();

    assertThat(wipe.isSure()).isFalse();
  }

  @Test
  void whoConfirmsWhatIsOverConfirmsNothing() {
    wipe.end();
    assertThat(wipe.isYoung()).isTrue();
    wipe.end();
    wipe.confirm(wipe.current());
    assertThat(wipe.isSure()).isFalse();

    assertThat(wipe.isYoung()).isTrue();

    assertThat(wipe.isSure()).isFalse();
  }

  @Test
  void aLateAnswerAboutOneConfirmsNothingOfTheNext() {
    wipe.end();
    assertThat(wipe.isYoung()).isTrue();
    long first = wipe.current();
    wipe.end();
    assertThat(wipe.isYoung()).isTrue();

    wipe.confirm(first);

    assertThat(wipe.isSure()).isFalse();
  }
}
