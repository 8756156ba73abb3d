package io.splitio.fake;

import io.splitio.fake.http.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Keeps the answers that many clients ask for, so that a large one is made and compressed once. */
final class ReplyCache {
  private static final int LARGEST = 1024;
  private static final long LARGEST_BYTES = 64 << 20;

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** The answer under a key that names everything it depends on. */
  Reply get(String key, Supplier<Reply> answer) {
    if (replies.size() > LARGEST || bytes.get() > LARGEST_BYTES) {
      bytes.set(0);
      replies.clear();
    }
    return replies.computeIfAbsent(key, unused -> counted(answer.get()));
  }

  private Reply counted(Reply reply) {
    bytes.addAndGet(reply.length());
    return reply;
  }
}
