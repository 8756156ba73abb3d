package io.splitio.fake.featbit;

import io.splitio.fake.http.Fault;
import io.splitio.fake.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Commands for a server that runs as a process, on its standard input or posted to {@code
 * /control}, one line each, answered by one line of JSON:
 *
 * <pre>
 * load {json}                 take the flags and segments of a data-sync message, telling nobody
 * flag {json}                 create or replace a flag
 * segment {json}              create or replace a segment
 * on key, off key             turn a flag on or off
 * archive key
 * send text                   send a text to everybody who is connected
 * close code                  close every connection with a code
 * cut                         end every connection without a word
 * mute, speak                 say nothing any more; speak again
 * fault endpoint status       every request for an endpoint is answered with this status
 * fault clear                 nothing fails any more
 * received                    how much arrived of everything, and how many are connected
 * requests                    how many requests there were for each endpoint
 * </pre>
 */
final class FeatBitConsole {
  static final String PROBLEM = "{\"error\":";

  private final FeatBitServer server;

  FeatBitConsole(FeatBitServer server) {
    this.server = server;
  }

  /** Obeys one command. */
  String answer(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    try {
      return obey(words[0], rest);
    } catch (IllegalArgumentException e) {
      return Json.write(Map.of("error", e.getMessage() + ""));
    }
  }

  private String obey(String command, String rest) {
    switch (command) {
      case "load" -> server.load(rest);
      case "flag" -> server.putFlag(rest);
      case "segment" -> server.putSegment(rest);
      case "on" -> server.turnOn(rest);
      case "off" -> server.turnOff(rest);
      case "archive" -> server.archive(rest);
      case "send" -> server.send(rest);
      case "close" -> server.disconnect(Integer.parseInt(rest), "");
      case "cut" -> server.cut();
      case "mute" -> server.mute(true);
      case "speak" -> server.mute(false);
      case "fault" -> fault(List.of(rest.split("\\s+")));
      case "received" -> {
        return received();
      }
      case "requests" -> {
        return requests();
      }
      default -> throw new IllegalArgumentException("unknown command " + command);
    }
    return Json.write(Map.of("version", server.version()));
  }

  private void fault(List<String> words) {
    if (words.get(0).equals("clear")) {
      server.faults().clear();
      return;
    }
    if (words.size() < 2) {
      throw new IllegalArgumentException("an endpoint and a status are needed");
    }
    FeatBitEndpoint endpoint = FeatBitEndpoint.valueOf(words.get(0).toUpperCase(Locale.ROOT));
    server.faults().always(endpoint, Fault.status(Integer.parseInt(words.get(1))));
  }

  private String received() {
    Insights insights = server.received();
    return Json.write(
        Map.of(
            "events", insights.total(),
            "variations", insights.variations().size(),
            "metrics", insights.metrics().size(),
            "connected", server.connected()));
  }

  private String requests() {
    Map<String, Integer> counts = new TreeMap<>();
    for (FeatBitEndpoint endpoint : FeatBitEndpoint.values()) {
      counts.put(endpoint.name(), server.requests().matching(endpoint).size());
    }
    return Json.write(counts);
  }
}
