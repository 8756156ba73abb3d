package io.splitio.backend.redis.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.engine.UnavailableException;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each error reply means for what was to be written, and for the server as a whole. */
class RefusalTest {
  private static Delivery delivered(Throwable failure) {
    return RedisSinks.delivery(new CompletionException(failure), Fate.LOST);
  }

  @ParameterizedTest
  @CsvSource({
    "LOADING, TRY_AGAIN, true, its data from disk",
    "MASTERDOWN, TRY_AGAIN, true, mend the replication",
    "BUSY, TRY_AGAIN, true, SCRIPT KILL",
    "CLUSTERDOWN, TRY_AGAIN, true, CLUSTER INFO",
    "READONLY, TRY_AGAIN, false, name the master",
    "MISCONF, TRY_AGAIN, false, whether that disk is full",
    "OOM, TRY_AGAIN, false, raise its maxmemory",
    "NOPERM, TRY_MUCH_LATER, false, ACL SETUSER",
    "NOAUTH, TRY_MUCH_LATER, false, wants a password",
    "WRONGPASS, TRY_MUCH_LATER, false, the right user",
    "WRONGTYPE, TRY_MUCH_LATER, false, another prefix"
  })
  void aRefusalKeepsWhatWasRecordedAndSaysWhatToDo(
      String code, Fate fate, boolean ofServer, String remedy) {
    Throwable refusal = new RedisCommandExecutionException(code + " as Redis words it.");

    assertThat(delivered(refusal).fate()).isEqualTo(fate);
    assertThat(delivered(refusal).reason()).startsWith(code + " as Redis words it. ");
    assertThat(delivered(refusal).reason()).contains(remedy);
    assertThat(RedisFault.of(refusal).isOfServer()).isEqualTo(ofServer);
  }

  @Test
  void anErrorThatNobodyKnowsIsTriedAgainAndSaidAsItIs() {
    Throwable refusal = new RedisCommandExecutionException("ERR something new");

    assertThat(delivered(refusal).fate()).isEqualTo(Fate.TRY_AGAIN);
    assertThat(delivered(refusal).reason()).isEqualTo("ERR something new");
  }

  @Test
  void whatMayHaveBeenWrittenIsGivenUpAndWhatWasNotSentIsKept() {
    assertThat(delivered(new TimeoutException("no reply")).fate()).isEqualTo(Fate.LOST);
    assertThat(RedisSinks.delivery(new UnavailableException("no connection"), Fate.LOST).fate())
        .isEqualTo(Fate.TRY_AGAIN);
  }
}
