package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.netty.handler.codec.DecoderException;
import io.splitio.engine.UnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.crypto.AEADBadTagException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure says of whether a command arrived. */
class RedisFaultTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "recvAddress(..) failed: Connection reset by peer",
        "Broken pipe",
        "Connection reset",
        "Connection timed out"
      })
  void aConnectionThatFailsIsLostHoweverTheSystemPutsIt(String text) {
    RedisFault fault = RedisFault.of(new IOException(text));

    assertThat(fault.isLost()).isTrue();
    assertThat(fault.surelyNotSent()).isFalse();
    assertThat(fault.isReply()).isFalse();
  }

  @Test
  void whereThereWasNoConnectionNothingWasSentHoweverFuturesWrapIt() {
    Throwable none = new UnavailableException("there is no connection");

    assertThat(RedisFault.of(none).surelyNotSent()).isTrue();
    assertThat(RedisFault.of(new CompletionException(none)).surelyNotSent()).isTrue();
    assertThat(
            RedisFault.of(new CompletionException(new CompletionException(none))).surelyNotSent())
        .isTrue();
  }

  @Test
  void whatAClosedChannelHasNotTakenWasNotSentUnlessItWasInterrupted() {
    assertThat(RedisFault.of(new ClosedChannelException()).surelyNotSent()).isTrue();
    assertThat(RedisFault.of(new RejectedExecutionException()).surelyNotSent()).isTrue();
    assertThat(RedisFault.of(new ClosedByInterruptException()).surelyNotSent()).isFalse();
    assertThat(RedisFault.of(new RedisException("Connection closed")).surelyNotSent()).isFalse();
  }

  @Test
  void aChannelThatClosesIsLost() {
    assertThat(RedisFault.of(new ClosedChannelException()).isLost()).isTrue();
    assertThat(RedisFault.of(new RedisException("Connection closed")).isLost()).isTrue();
    assertThat(RedisFault.of(new RedisException("Connection disconnected")).isLost()).isTrue();
  }

  @Test
  void aConnectionThatWasNeverMadeIsNotLost() {
    assertThat(RedisFault.of(new ConnectException("Connection refused")).isLost()).isFalse();
    assertThat(RedisFault.of(new UnknownHostException("redis.invalid")).isLost()).isFalse();
  }

  @Test
  void aTlsConnectionThatBreaksInTheMiddleMayHaveCarriedTheCommand() {
    SSLException broken = new SSLException("bad record", new AEADBadTagException("Tag mismatch"));
    RedisFault fault = RedisFault.of(new DecoderException(broken));

    assertThat(fault.isReply()).isFalse();
    assertThat(fault.surelyNotSent()).isFalse();
    assertThat(fault.lasting()).isFalse();
    assertThat(fault.isLost()).isTrue();
  }

  @Test
  void aTlsConnectionThatIsNotMadeIsForAPersonToMend() {
    SSLException refused = new SSLHandshakeException("PKIX path building failed");
    refused.initCause(new CertificateException("No name matching localhost found"));
    RedisFault fault = RedisFault.of(new RedisConnectionException("Unable to connect", refused));

    assertThat(fault.code()).isEqualTo("TLS");
    assertThat(fault.lasting()).isTrue();
    assertThat(fault.sent()).isFalse();
    assertThat(RedisFault.of(new NotSentException(refused)).code()).isEqualTo("TLS");
    assertThat(RedisFault.of(new IllegalStateException(refused.getCause())).code())
        .isEqualTo("TLS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Request queue size exceeded: 1. Commands are not accepted until the queue size drops.",
        "Internal stack size exceeded: 1. Commands are not accepted until the stack size drops.",
        "Command buffer size exceeded: 1. Commands are not accepted until the buffer size drops."
      })
  void whatFindsNoRoomIsNotSent(String text) {
    RedisFault fault = RedisFault.of(new RedisException(text));

    assertThat(fault.surelyNotSent()).isTrue();
    assertThat(fault.isLost()).isFalse();
  }

  @Test
  void aSentenceGoesOnAfterWhatWasSaid() {
    RedisFault fault = RedisFault.of(new RedisException("Not connected. Commands are rejected. "));

    assertThat(fault.advised()).isEqualTo("Not connected. Commands are rejected");
  }
}
