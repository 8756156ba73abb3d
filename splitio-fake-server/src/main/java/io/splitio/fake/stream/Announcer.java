package io.splitio.fake.stream;

import io.splitio.fake.data.ChangeListener;
import io.splitio.fake.data.Definition;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns changes into notifications. */
final class Announcer implements ChangeListener {
  private final Streaming streaming;

  Announcer(Streaming streaming) {
    this.streaming = streaming;
  }

  @Override
  public void flagChanged(long changeNumber, long previous, Definition flag) {
    if (streaming.announces()) {
      announce(
          Authentication.FLAGS, definition("SPLIT_UPDATE", changeNumber, previous, flag.json()));
    }
  }

  @Override
  public void flagKilled(long changeNumber, String flag, String treatment) {
    Map<String, Object> data = data("SPLIT_KILL", changeNumber);
    data.put("splitName", flag);
    data.put("defaultTreatment", treatment);
    announce(Authentication.FLAGS, data);
  }

  @Override
  public void ruleBasedSegmentChanged(long changeNumber, long previous, Definition segment) {
    if (streaming.announces()) {
      announce(
          Authentication.FLAGS,
          definition("RB_SEGMENT_UPDATE", changeNumber, previous, segment.json()));
    }
  }

  @Override
  public void segmentChanged(long changeNumber, String segment) {
    Map<String, Object> data = data("SEGMENT_UPDATE", changeNumber);
    data.put("segmentName", segment);
    announce(Authentication.SEGMENTS, data);
  }

  private Map<String, Object> definition(
      String type, long changeNumber, long previous, String json) {
    Map<String, Object> data = data(type, changeNumber);
    Inline inline = streaming.inline();
    inline
        .encode(json)
        .ifPresent(
            text -> {
              data.put("pcn", previous);
              data.put("c", inline.code());
              data.put("d", text);
            });
    return data;
  }

  private static Map<String, Object> data(String type, long changeNumber) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", type);
    data.put("changeNumber", changeNumber);
    return data;
  }

  private void announce(String channel, Map<String, Object> data) {
    if (streaming.announces()) {
      streaming.message(channel, data);
    }
  }
}
