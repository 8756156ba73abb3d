package io.splitio.backend.featbit.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.featbit.data.DataSync.Rejected;
import io.splitio.testing.LogCapture;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items that cannot be used do not fill the log. */
class LeftOutTest {
  private final LogCapture log = LogCapture.warnings();
  private final LeftOut leftOut = new LeftOut();

  @AfterEach
  void close() {
    log.close();
  }

  private static List<Rejected> items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> new Rejected(false, null, "flag " + number + " has no key"))
        .toList();
  }

  @Test
  void aFewOfAMessageAreNamedAndTheRestIsCounted() {
    leftOut.tell(items(0, 300));

    assertThat(log.lines())
        .hasSize(11)
        .startsWith("WARN Left out: flag 0 has no key")
        .endsWith("WARN 300 items in all are left out; the log at debug level says which");
  }

  @Test
  void noneIsToldTwice() {
    leftOut.tell(items(0, 5));
    leftOut.tell(items(0, 6));

    assertThat(log.lines()).hasSize(6).endsWith("WARN Left out: flag 5 has no key");
  }

  @Test
  void whatBreaksAfterVeryManyOthersIsToldToo() {
    leftOut.tell(items(0, 1_500));
    leftOut.tell(items(1_500, 1_501));

    assertThat(log.lines()).hasSize(12).endsWith("WARN Left out: flag 1500 has no key");
  }

  @Test
  void theSameOnesInTheNextMessageAreNotCountedAgain() {
    leftOut.tell(items(0, 300));
    leftOut.tell(items(0, 300));

    assertThat(log.lines()).hasSize(11);
  }

  @Test
  void whenThoseThatWereNamedAreMendedOthersAreNamed() {
    leftOut.tell(items(0, 300));
    leftOut.tell(items(10, 300));

    assertThat(log.lines())
        .hasSize(22)
        .contains("WARN Left out: flag 10 has no key", "WARN Left out: flag 19 has no key")
        .endsWith("WARN 290 items in all are left out; the log at debug level says which");
  }

  @Test
  void whatBreaksAmongManyThatAreKnownIsNamed() {
    leftOut.tell(items(0, 300));
    leftOut.tell(items(0, 301));

    assertThat(log.lines())
        .hasSize(13)
        .contains("WARN Left out: flag 300 has no key")
        .endsWith("WARN 301 items in all are left out; the log at debug level says which");
  }

  @Test
  void whatOccursManyTimesInAMessageIsNamedOnce() {
    Rejected nothing = new Rejected(false, null, "a flag is null");
    leftOut.tell(Collections.nCopies(12, nothing));

    assertThat(log.lines())
        .containsExactly(
            "WARN Left out: a flag is null",
            "WARN 12 items in all are left out; the log at debug level says which");
  }
}
