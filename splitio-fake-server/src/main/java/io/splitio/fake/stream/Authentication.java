package io.splitio.fake.stream;

import io.splitio.fake.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives out streaming tokens, or says that there is no streaming. */
public final class Authentication {
  static final String FLAGS = "NzM2MDI5Mzc0_MTgyNTg1MTgwNg==_splits";
  static final String SEGMENTS = "NzM2MDI5Mzc0_MTgyNTg1MTgwNg==_segments";
  static final String PRIMARY = "control_pri";
  static final String SECONDARY = "control_sec";

  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile boolean pushEnabled = true;
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile String clientId = "clientId";
  private volatile int connectionDelay;

  /** From now on the service says that streaming is on, as at the start. */
  public Authentication enablePush() {
    pushEnabled = true;
    return this;
  }

  /** From now on the service says that streaming is off. */
  public Authentication disablePush() {
    pushEnabled = false;
    return this;
  }

  /** How long tokens given out from now on last; an hour at the start, may be negative. */
  public Authentication tokenLifetime(Duration duration) {
    this.lifetime = duration;
    return this;
  }

  /**
   * The client id in tokens given out from now on; {@code "\u00e9\u00ff?>"} makes the token's
   * payload hold characters that only base64url has.
   */
  public Authentication clientId(String id) {
    this.clientId = id;
    return this;
  }

  /** The seconds that a client should wait before it connects; 0 at the start. */
  public Authentication connectionDelay(int seconds) {
    this.connectionDelay = seconds;
    return this;
  }

  /** Makes every token given out so far unknown to the stream. */
  public void revoke() {
    ends.clear();
  }

  /** How many tokens have been given out. */
  public int issued() {
    return issued.get();
  }

  /** The answer to an authentication request. */
  public String answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("pushEnabled", pushEnabled);
    answer.put("connDelay", connectionDelay);
    answer.put("token", pushEnabled ? issue() : "");
    return Json.write(answer);
  }

  /** Whether a token was given out and is still good. */
  boolean knows(String token) {
    return ends.containsKey(token) && remainingNanos(token) > 0;
  }

  /** How much longer a token is good; not positive when it no longer is. */
  long remainingNanos(String token) {
    Long end = ends.get(token);
    return end == null ? 0 : end - System.nanoTime();
  }

  private String issue() {
    Duration time = lifetime;
    int number = issued.incrementAndGet();
    String head = "{\"alg\":\"HS256\",\"kid\":\"FAKE01.key\",\"typ\":\"JWT\"}";
    String signature = "signature of fake token number " + number;
    String token = encode(head) + "." + encode(Json.write(claims(time))) + "." + encode(signature);
    ends.put(token, System.nanoTime() + time.toNanos());
    return token;
  }

  private Map<String, Object> claims(Duration time) {
    List<String> subscribe = List.of("subscribe");
    List<String> control = List.of("subscribe", "channel-metadata:publishers");
    Map<String, Object> capability = new LinkedHashMap<>();
    capability.put(FLAGS, subscribe);
    capability.put(SEGMENTS, subscribe);
    capability.put(PRIMARY, control);
    capability.put(SECONDARY, control);
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("x-ably-capability", Json.write(capability));
    claims.put("x-ably-clientId", clientId);
    claims.put("exp", now + time.toSeconds());
    claims.put("iat", now);
    return claims;
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
