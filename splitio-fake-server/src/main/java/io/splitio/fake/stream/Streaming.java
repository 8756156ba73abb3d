package io.splitio.fake.stream;

import io.splitio.fake.data.ChangeListener;
import io.splitio.fake.http.Bell;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import io.splitio.fake.http.Sink;
import io.splitio.fake.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The stream of notifications. Changes of flags, rule-based segments and segments are announced by
 * themselves while it is on; everything else is sent by calling a method.
 */
public final class Streaming {
  private final Authentication authentication = new Authentication();
  private final CopyOnWriteArrayList<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Integer> occupancy = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Bell bell = new Bell();
  private volatile Inline inline = Inline.ZLIB;
  private volatile Duration keepAlive = Duration.ofSeconds(20);
  private volatile boolean paused;
  private volatile boolean muted;
  private volatile boolean silent;
  private volatile @Nullable Written lastWritten;

  /** On, with two publishers on each control channel and definitions sent along as zlib. */
  public Streaming() {
    occupancy.put(Authentication.PRIMARY, 2);
    occupancy.put(Authentication.SECONDARY, 2);
  }

  /**
   * A notification of a change that left the server.
   *
   * @param type as in its JSON, such as {@code SPLIT_UPDATE}
   * @param changeNumber the change it announces
   * @param nanoTime the {@link System#nanoTime()} just before its bytes were written
   */
  public record Written(String type, long changeNumber, long nanoTime) {}

  /** Where tokens come from. */
  public Authentication authentication() {
    return authentication;
  }

  /** How notifications from now on carry definitions. */
  public Streaming inline(Inline how) {
    this.inline = how;
    return this;
  }

  /** How long the stream is silent before a keep-alive comment; 20 seconds at the start. */
  public Streaming keepAlive(Duration interval) {
    this.keepAlive = interval;
    return this;
  }

  /** Tells the SDKs to poll ({@code STREAMING_PAUSED}); nothing is announced until resumed. */
  public void pause() {
    control("STREAMING_PAUSED");
    paused = true;
  }

  /** Tells the SDKs to rely on the stream again ({@code STREAMING_RESUMED}). */
  public void resume() {
    paused = false;
    control("STREAMING_RESUMED");
  }

  /** Turns streaming off ({@code STREAMING_DISABLED}), also for those who authenticate later. */
  public void disable() {
    authentication.disablePush();
    control("STREAMING_DISABLED");
    paused = true;
  }

  /** Undoes {@link #disable()}; the SDKs learn of it when they authenticate again. */
  public void enable() {
    authentication.enablePush();
    paused = false;
  }

  /** From now on changes are not announced; to the SDKs it looks as if notifications got lost. */
  public void mute() {
    muted = true;
  }

  /** Changes are announced again. */
  public void unmute() {
    muted = false;
  }

  /**
   * From now on nothing at all is written to streams, keep-alives included, and what would have
   * been is lost, while connections stay open: what a half-open socket looks like.
   */
  public void silence() {
    silent = true;
  }

  /** Streams are written to again. */
  public void unsilence() {
    silent = false;
  }

  /** Says how many publishers a control channel has ({@code control_pri}, {@code control_sec}). */
  public void occupancy(String channel, int publishers) {
    occupancy.put(channel, publishers);
    send(Frame.occupancy(nextId(), channel, publishers));
  }

  /** Sends a control message of this type on the primary control channel. */
  public void control(String controlType) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", "CONTROL");
    data.put("controlType", controlType);
    message(Frame.OCCUPANCY + Authentication.PRIMARY, data);
  }

  /** Sends an error event of this code, for example 40142 for a token that expired. */
  public void error(int code) {
    send(Frame.error(errorOf(code, "ordered by the test")));
  }

  /** Sends a notification of any content on the channel of the flags. */
  public void notification(String json) {
    message(Authentication.FLAGS, Json.object(json));
  }

  /** Sends these bytes as they are. */
  public void raw(byte[] bytes) {
    send(Frame.raw(bytes));
  }

  /** Sends this text as it is. */
  public void raw(String text) {
    raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes (FIN) every stream; they may be opened again. */
  public void drop() {
    subscribers.forEach(Subscriber::drop);
  }

  /** Resets (RST) every stream; they may be opened again. */
  public void reset() {
    subscribers.forEach(Subscriber::reset);
  }

  /** How many streams are open. */
  public int connections() {
    return subscribers.size();
  }

  /**
   * Returns as soon as exactly this many streams are open.
   *
   * @throws AssertionError if they are not in time
   */
  public void awaitConnections(int number, Duration limit) {
    bell.await(
        () -> connections() == number,
        limit,
        () -> connections() + " streams are open, not " + number + ",");
  }

  /** How many notifications of a type, such as {@code SPLIT_KILL}, have been sent. */
  public long sent(String type) {
    LongAdder count = counts.get(type);
    return count == null ? 0 : count.sum();
  }

  /** The notification of a change that was written last to any stream. */
  public Optional<Written> lastWritten() {
    return Optional.ofNullable(lastWritten);
  }

  /** Announces the changes it hears of. */
  public ChangeListener announcer() {
    return new Announcer(this);
  }

  /** The answer to a request for the stream. */
  public Reply open(Request request) {
    String token = request.query("accessToken").orElse("");
    String channels = request.query("channels").orElse("");
    if (!authentication.knows(token)) {
      return Reply.json(401, Json.write(Map.of("error", errorOf(40140, "token not recognised"))));
    }
    if (channels.isEmpty()) {
      return Reply.json(400, Json.write(Map.of("error", errorOf(40000, "no channels"))));
    }
    return Reply.events(sink -> serve(Set.copyOf(List.of(channels.split(","))), token, sink));
  }

  private void serve(Set<String> channels, String token, Sink sink) throws IOException {
    Subscriber subscriber = new Subscriber(this, channels, token, sink);
    occupancy.forEach(
        (channel, number) -> subscriber.offer(Frame.occupancy(nextId(), channel, number)));
    subscribers.add(subscriber);
    bell.ring();
    try {
      sink.begin(); // only now: whoever reads the status hears of every change from then on
      subscriber.run();
    } finally {
      subscribers.remove(subscriber);
      bell.ring();
    }
  }

  void message(String channel, Map<String, ?> data) {
    Frame frame = Frame.message(nextId(), channel, data);
    counts.computeIfAbsent(frame.type(), type -> new LongAdder()).increment();
    send(frame);
  }

  private void send(Frame frame) {
    subscribers.forEach(subscriber -> subscriber.offer(frame));
  }

  void writing(Frame frame) {
    if (frame.changeNumber() >= 0) {
      lastWritten = new Written(frame.type(), frame.changeNumber(), System.nanoTime());
    }
  }

  boolean announces() {
    return !paused && !muted && !subscribers.isEmpty();
  }

  boolean silent() {
    return silent;
  }

  Inline inline() {
    return inline;
  }

  long keepAliveNanos() {
    return keepAlive.toNanos();
  }

  static Frame tokenExpired() {
    return Frame.error(errorOf(40142, "Token expired"));
  }

  private String nextId() {
    return "fake:" + ids.incrementAndGet() + ":0";
  }

  private static Map<String, Object> errorOf(int code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("code", code);
    error.put("statusCode", code / 100);
    error.put("href", "https://help.ably.io/error/" + code);
    return error;
  }
}
