package io.splitio.sample.web;

import io.splitio.spring.autoconfigure.FlagsChangedEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that flags have changed, by server-sent events.
 *
 * <p>Every page carries the revision it was made from, and every event carries the current one. A
 * page that connects late, or again, thus notices what it missed.
 */
@RestController
final class LiveUpdates {
  private static final long TEN_MINUTES = 600_000;

  private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
  // Starts with the clock, so that a page from before a restart is never taken for a current one.
  private final AtomicLong revision = new AtomicLong(System.currentTimeMillis());

  /** The number of the flags' present state. */
  String revision() {
    return Long.toString(revision.get());
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter follow() {
    SseEmitter page = new SseEmitter(TEN_MINUTES);
    pages.add(page);
    page.onCompletion(() -> pages.remove(page));
    page.onTimeout(page::complete);
    tell(page, List.of());
    return page;
  }

  @EventListener
  void flagsChanged(FlagsChangedEvent event) {
    revision.incrementAndGet();
    List<String> flags = event.flags().stream().sorted().toList();
    pages.forEach(page -> tell(page, flags));
  }

  /** Lets the web server stop at once instead of waiting for open pages. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    pages.forEach(SseEmitter::complete);
  }

  private void tell(SseEmitter page, Collection<String> flags) {
    try {
      page.send(SseEmitter.event().name("flags").data(new Change(revision(), flags)));
    } catch (IOException | IllegalStateException gone) {
      pages.remove(page);
    }
  }

  /** What a page hears. */
  record Change(String revision, Collection<String> flags) {}
}
