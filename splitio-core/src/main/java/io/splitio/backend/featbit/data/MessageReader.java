package io.splitio.backend.featbit.data;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.json.Json;
import io.splitio.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one message of the server (FeatBit specification 2.3). Used once. */
public final class MessageReader {
  private final String text;
  private final Json json;
  private final List<Item<FeatureFlag>> flags = new ArrayList<>();
  private final List<Item<RuleBasedSegment>> segments = new ArrayList<>();
  private final List<DataSync.Rejected> rejected = new ArrayList<>();
  private @Nullable String messageType;
  private @Nullable String eventType;
  private boolean sound = true;

  private MessageReader(String text, Json json) {
    this.text = text;
    this.json = json;
  }

  /**
   * The definitions in a message, or null when it is about something else.
   *
   * @throws MalformedJsonException when it is not JSON
   */
  public static @Nullable DataSync read(String message) throws MalformedJsonException {
    String text = message.startsWith("\uFEFF") ? message.substring(1) : message;
    try (Json json = Json.of(text)) {
      return new MessageReader(text, json).read();
    } catch (MalformedJsonException e) {
      throw e;
    } catch (IOException e) { // memory does not fail
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable DataSync read() throws IOException {
    if (!json.beginAnyDocument()) {
      throw json.malformed("the message is empty; a JSON object is expected");
    }
    if (json.isObject()) {
      readMessage();
    } else {
      json.skip();
      sound = false;
    }
    json.endDocument();
    boolean full = "full".equalsIgnoreCase(eventType);
    boolean known = full || "patch".equalsIgnoreCase(eventType);
    return sound && known && "data-sync".equals(messageType)
        ? new DataSync(text, full, flags, segments, rejected)
        : null;
  }

  private void readMessage() throws IOException {
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "messageType" -> messageType = json.text(field);
        case "data" -> readData();
        default -> json.skip();
      }
    }
    sound &= json.takeProblem() == null;
  }

  private void readData() throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "eventType" -> eventType = json.text(field);
        case "featureFlags" -> readItems("flag", () -> new FlagReader(json), flags);
        case "segments" -> readItems("segment", () -> new SegmentReader(json), segments);
        default -> json.skip();
      }
    }
  }

  private <T> void readItems(String what, Supplier<ItemReader<T>> readers, List<Item<T>> items)
      throws IOException {
    boolean list = json.beginArray(what + "s");
    sound &= json.takeProblem() == null;
    while (list && json.nextElement()) {
      if (json.beginObject("a " + what)) {
        int from = json.read() - 1;
        ItemReader<T> reader = readers.get();
        reader.read();
        add(what, reader, from, items);
      } else {
        String problem = json.takeProblem();
        reject(what, null, problem == null ? "a " + what + " is null" : problem);
      }
    }
  }

  /** A bad item spoils nothing else. */
  private <T> void add(String what, ItemReader<T> reader, int from, List<Item<T>> items) {
    String problem = json.takeProblem();
    try {
      if (problem == null) {
        items.add(reader.item().at(from, json.read()));
        return;
      }
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
    reject(what, reader.name(), "the " + what + " " + reader.name() + ": " + problem);
  }

  private void reject(String what, @Nullable String key, String problem) {
    rejected.add(new DataSync.Rejected(what.equals("segment"), key, problem));
  }
}
