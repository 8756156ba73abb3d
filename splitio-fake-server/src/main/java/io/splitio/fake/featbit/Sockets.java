package io.splitio.fake.featbit;

import io.splitio.fake.http.Bell;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Who is connected, what they said, and how badly they are treated. */
final class Sockets {
  private final Set<WebSocket> connected = ConcurrentHashMap.newKeySet();
  private final List<String> frames = new ArrayList<>(); // guarded by itself
  private final Bell bell = new Bell();
  private volatile boolean mute;
  private volatile int fragment = Integer.MAX_VALUE; // bytes

  /** Says something to one client. */
  @FunctionalInterface
  interface Saying {
    void to(WebSocket socket) throws IOException;
  }

  /** What is to be done with what clients say. */
  @FunctionalInterface
  interface Hearing {
    void heard(String text, WebSocket socket) throws IOException;
  }

  /** Listens to a client until it goes. */
  void attend(WebSocket socket, Hearing hearing) throws IOException {
    socket.fragments(fragment);
    connected.add(socket);
    bell.ring();
    try {
      for (String text = socket.next(); text != null; text = socket.next()) {
        note(text);
        if (!mute) {
          hearing.heard(text, socket);
        }
      }
    } finally {
      connected.remove(socket);
      bell.ring();
    }
  }

  private void note(String text) {
    synchronized (frames) {
      frames.add(text);
    }
    bell.ring();
  }

  /** Says something to everybody. Who is gone already hears nothing. */
  void each(Saying saying) {
    for (WebSocket socket : connected) {
      try {
        saying.to(socket);
      } catch (IOException e) {
        socket.cut();
      }
    }
  }

  /** Says something to everybody, unless nothing is to be said. */
  void push(String text) {
    if (!mute) {
      each(socket -> socket.text(text));
    }
  }

  void end(Consumer<WebSocket> how) {
    connected.forEach(how);
  }

  void mute(boolean silent) {
    mute = silent;
  }

  void fragments(int bytes) {
    fragment = bytes;
    connected.forEach(socket -> socket.fragments(bytes));
  }

  int connected() {
    return connected.size();
  }

  List<String> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  void awaitConnected(IntPredicate number, Duration limit) {
    bell.await(() -> number.test(connected()), limit, () -> connected() + " are connected");
  }

  List<String> awaitFrame(Predicate<String> which, Duration limit) {
    bell.await(
        () -> frames().stream().anyMatch(which), limit, () -> "nothing fits among " + frames());
    return frames();
  }
}
