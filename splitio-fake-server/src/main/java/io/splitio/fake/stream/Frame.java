package io.splitio.fake.stream;

import io.splitio.fake.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes for one channel of the stream, or for all of it. */
final class Frame {
  static final String ALL = "*";
  static final Frame KEEP_ALIVE = raw(":keepalive\n\n".getBytes(StandardCharsets.UTF_8));
  static final Frame END = raw(new byte[0]);

  /** What the names of control channels begin with in messages. */
  static final String OCCUPANCY = "[?occupancy=metrics.publishers]";

  private final String channel;
  private final String type;
  private final long changeNumber;
  private final byte[] bytes;

  private Frame(String channel, String type, long changeNumber, byte[] bytes) {
    this.channel = channel;
    this.type = type;
    this.changeNumber = changeNumber;
    this.bytes = bytes;
  }

  static Frame raw(byte[] bytes) {
    return new Frame(ALL, "RAW", -1, bytes.clone());
  }

  static Frame error(Map<String, ?> error) {
    String text = "event: error\ndata: " + Json.write(error) + "\n\n";
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A message whose content is the JSON of {@code data}. */
  static Frame message(String id, String channel, Map<String, ?> data) {
    Map<String, Object> envelope = envelope(id, channel, data);
    envelope.put("clientId", "pri:fake");
    Object number = data.get("changeNumber");
    long changeNumber = number instanceof Number n ? n.longValue() : -1;
    return new Frame(channel, String.valueOf(data.get("type")), changeNumber, event(id, envelope));
  }

  /** How many publish on a control channel. */
  static Frame occupancy(String id, String channel, int publishers) {
    Map<String, ?> data = Map.of("metrics", Map.of("publishers", publishers));
    Map<String, Object> envelope = envelope(id, OCCUPANCY + channel, data);
    envelope.put("name", "[meta]occupancy");
    return new Frame(OCCUPANCY + channel, "OCCUPANCY", -1, event(id, envelope));
  }

  private static Map<String, Object> envelope(String id, String channel, Map<String, ?> data) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("id", id);
    envelope.put("timestamp", System.currentTimeMillis());
    envelope.put("encoding", "json");
    envelope.put("channel", channel);
    envelope.put("data", Json.write(data));
    return envelope;
  }

  private static byte[] event(String id, Map<String, ?> envelope) {
    String text = "id: " + id + "\nevent: message\ndata: " + Json.write(envelope) + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The channel it is for, with the prefix of occupancy if it is a control channel. */
  String channel() {
    return channel;
  }

  String type() {
    return type;
  }

  long changeNumber() {
    return changeNumber;
  }

  byte[] bytes() {
    return bytes;
  }
}
