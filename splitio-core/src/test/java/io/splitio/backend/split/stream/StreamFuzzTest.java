package io.splitio.backend.split.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.EventStream.Event;
import io.splitio.testing.JsonText;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Damaged messages and tokens: reading them ends, with what they say or with what is documented.
 */
class StreamFuzzTest {
  private static final String[] INNER = {
    "{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":30,\"pcn\":20,\"c\":2,\"d\":\"eNqrVspLzE1V\"}",
    "{\"type\":\"RB_SEGMENT_UPDATE\",\"changeNumber\":41,\"pcn\":40,\"c\":1,\"d\":\"H4s\"}",
    "{\"type\":\"SPLIT_KILL\",\"changeNumber\":50,\"splitName\":\"b\",\"defaultTreatment\":\"h\"}",
    "{\"type\":\"SEGMENT_UPDATE\",\"changeNumber\":60,\"segmentName\":\"beta\"}",
    "{\"type\":\"CONTROL\",\"controlType\":\"STREAMING_PAUSED\"}",
    "{\"metrics\":{\"publishers\":2}}",
    "{\"message\":\"Token expired\",\"code\":40142,\"statusCode\":401}",
  };

  static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && damaged.length() > 1; i--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(5)) {
        case 0 -> damaged.setLength(at);
        case 1 -> damaged.insert(at, (char) random.nextInt(0x10000));
        case 2 -> damaged.setCharAt(at, "{}[]\",:0-e\\nt".charAt(random.nextInt(13)));
        case 3 -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 9)));
        default -> damaged.deleteCharAt(at);
      }
    }
    return damaged.toString();
  }

  @Property(seed = "1")
  void damagedMessagesAreUnderstoodOrGarbled(@ForAll long seed) {
    Random random = new Random(seed);
    String inner = damaged(INNER[random.nextInt(INNER.length)], random);
    String name = random.nextBoolean() ? ",\"name\":\"[meta]occupancy\"" : "";
    String envelope =
        "{\"channel\":\"[?occupancy=metrics.publishers]control_pri\",\"data\":"
            + JsonText.of(inner)
            + name
            + "}";
    String whole = random.nextBoolean() ? damaged(envelope, random) : envelope;
    assertThat(NotificationReader.read(new Event("message", whole, ""))).isNotNull();
    assertThat(NotificationReader.read(new Event("message", inner, ""))).isNotNull();
  }

  @Property(seed = "2")
  void damagedErrorsAreErrorsOrNothing(@ForAll long seed) {
    Random random = new Random(seed);
    Notification read =
        NotificationReader.read(
            new Event("error", damaged(INNER[random.nextInt(INNER.length)], random), ""));
    assertThat(read == null || read instanceof Notification.Failed).isTrue();
  }

  @Property(seed = "3")
  void damagedTokensAreTokensOrInputErrors(@ForAll long seed) {
    Random random = new Random(seed);
    String claims =
        damaged(
            "{\"x-ably-capability\":\"{\\\"a\\\":[\\\"subscribe\\\"],\\\"control_pri\\\":"
                + "[\\\"channel-metadata:publishers\\\"]}\",\"exp\":1760003600,\"iat\":1760000000}",
            random);
    String token =
        "h."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
            + ".s";
    String answer = "{\"pushEnabled\":true,\"token\":\"" + token + "\"}";
    byte[] bytes = (random.nextBoolean() ? damaged(answer, random) : answer).getBytes(UTF_8);
    try {
      Token read = Token.read(bytes);
      assertThat(read.renewAfter())
          .isBetween(java.time.Duration.ofMinutes(1), java.time.Duration.ofDays(1));
      assertThat(read.pushEnabled()).isEqualTo(!read.channels().isEmpty());
    } catch (IOException e) {
      assertThat(e.getMessage()).doesNotContain(token);
    }
  }
}
