package io.splitio.fake;

import io.splitio.fake.http.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps the answers that many clients ask for, so that a large one is made and compressed once. */
final class ReplyCache {
  private static final int LARGEST = 256;

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();

  /** The answer under a key that names everything it depends on. */
  Reply get(String key, Supplier<Reply> answer) {
    if (replies.size() > LARGEST) {
      replies.clear();
    }
    return replies.computeIfAbsent(key, unused -> answer.get());
  }
}
