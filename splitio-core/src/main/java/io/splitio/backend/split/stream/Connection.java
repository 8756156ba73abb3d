package io.splitio.backend.split.stream;

import io.splitio.backend.Lane;
import io.splitio.net.EventStream;
import io.splitio.net.Trouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears one connection, on its reading thread, and passes on what matters to the lane. */
final class Connection implements EventStream.Listener {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final Lane lane;
  private final Inbox inbox;
  private final Consumer<Trouble> lost;
  private @Nullable EventStream stream; // by tasks of the lane only

  /**
   * Not open yet.
   *
   * @param heard takes what is said, on the lane
   * @param lost told once when it is over, on the lane
   */
  Connection(Lane lane, Consumer<Notification> heard, Consumer<Trouble> lost) {
    this.lane = lane;
    this.inbox = new Inbox(lane, heard);
    this.lost = lost;
  }

  void open(Streaming.Service service, Token token) {
    stream = service.stream(token, this);
  }

  void close() {
    inbox.close();
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public void opened() {
    log.debug("Connected to the stream");
  }

  @Override
  public void event(EventStream.Event event) {
    Notification notification = NotificationReader.read(event);
    if (notification != null) {
      inbox.add(notification);
    }
  }

  @Override
  public void comment(String text) {
    inbox.add(new Notification.Sign());
  }

  @Override
  public void oversized() {
    inbox.add(new Notification.Garbled());
  }

  @Override
  public void closed(Trouble reason) {
    lane.execute(() -> lost.accept(reason));
  }
}
