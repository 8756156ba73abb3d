package io.splitio.featbit.node;

import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The official FeatBit client for Node.js, unmodified, in a process of its own. */
final class NodeClient implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/js/featbit-follower.js").toAbsolutePath();

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  /**
   * Starts it and waits until it is initialized.
   *
   * @param folder where the SDK is installed
   */
  NodeClient(Path folder, FeatBitServer server, String secret) throws IOException {
    process =
        new ProcessBuilder(
                "node",
                SCRIPT.toString(),
                server.streaming().toString(),
                server.events().toString(),
                secret)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    input = process.outputWriter(StandardCharsets.UTF_8);
    Map<String, @Nullable Object> started = read();
    if (!Boolean.TRUE.equals(started.get("initialized"))) {
      throw new IllegalStateException("the client for Node.js is not initialized: " + started);
    }
  }

  /** What each flag serves each user, in the order of both. */
  List<List<Answer>> evaluate(List<User> users, List<String> flags) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("users", users.stream().map(User::json).toList());
    question.put("flags", flags);
    List<List<Answer>> rows = new ArrayList<>();
    for (Object row : (List<?>) Objects.requireNonNull(ask(question).get("answers"))) {
      rows.add(((List<?>) row).stream().map(answer -> Answer.ofNode((Map<?, ?>) answer)).toList());
    }
    return rows;
  }

  /** What one flag serves one user, as text. */
  Answer evaluate(User user, String flag) {
    return evaluate(List.of(user), List.of(flag)).get(0).get(0);
  }

  /** What one flag serves one user as bool, number, json or string. */
  Answer evaluate(String type, User user, String flag, Object otherwise) {
    return Answer.ofNode(
        ask(Map.of("type", type, "user", user.json(), "flag", flag, "otherwise", otherwise)));
  }

  /** Tracks a metric. */
  void track(User user, String metric, double value) {
    ask(Map.of("metric", metric, "user", user.json(), "value", value));
  }

  /** Closes the client, which delivers its insights. */
  void finish() {
    ask(Map.of("close", true));
  }

  /** Whether the process ended by itself within a while. */
  boolean ended() throws InterruptedException {
    return process.waitFor(20, TimeUnit.SECONDS);
  }

  private Map<String, @Nullable Object> ask(Map<String, ?> question) {
    try {
      input.write(Json.write(question) + "\n");
      input.flush();
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, @Nullable Object> read() throws IOException {
    return Json.object(Objects.requireNonNull(output.readLine(), "the client for Node.js ended"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
