package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.backend.split.keep.Received;
import io.splitio.codec.Changes;
import io.splitio.codec.SegmentChange;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Segment;
import io.splitio.log.LogSafe;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings segments up to date: several at a time, each page by page (protocol specification 3). For
 * one lane.
 */
final class SegmentSync {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int MOST_PAGES = 1_000;

  private final SplitApi api;
  private final Lane lane;
  private final SnapshotStore store;
  private final Troubles troubles;
  private final int most;
  private final Map<String, Turns> turns = new HashMap<>();
  private final Queue<Loop> waiting = new ArrayDeque<>();
  private final Set<String> unknown = new HashSet<>();
  private int running;

  SegmentSync(SplitApi api, Lane lane, SnapshotStore store, Troubles troubles, int most) {
    this.api = api;
    this.lane = lane;
    this.store = store;
    this.troubles = troubles;
    this.most = most;
  }

  /** Fetches all segments in use; the future completes on the lane. */
  CompletableFuture<Synced> fetchAll(Fetch how) {
    Set<String> used = store.current().segmentsInUse();
    turns.entrySet().removeIf(each -> !used.contains(each.getKey()) && each.getValue().idle());
    unknown.retainAll(used);
    troubles.onlySegments(used);
    return fetch(used, how);
  }

  private CompletableFuture<Synced> fetch(Collection<String> names, Fetch how) {
    CompletableFuture<Synced> all = CompletableFuture.completedFuture(Synced.DONE);
    for (String name : names) {
      all = all.thenCombine(fetch(name, how), Synced::and);
    }
    return all;
  }

  /** Fetches one segment until nothing new comes; the future completes on the lane. */
  CompletableFuture<Synced> fetch(String name, Fetch how) {
    return turns.computeIfAbsent(name, named -> new Turns(wish -> begin(named, wish))).ask(how);
  }

  private CompletableFuture<Synced> begin(String name, Fetch how) {
    Loop loop = new Loop(name, how);
    waiting.add(loop);
    next();
    return loop.ended;
  }

  private void next() {
    while (running < most && !waiting.isEmpty()) {
      running++;
      waiting.remove().begin();
    }
  }

  /** One loop over pages. */
  private final class Loop {
    private final CompletableFuture<Synced> ended = new CompletableFuture<>();
    private final String name;
    private Fetch how;
    private int count;

    private Loop(String name, Fetch how) {
      this.name = name;
      this.how = how;
    }

    private Segment held() {
      Segment held = store.current().segment(name);
      return held == null ? Segment.empty(name) : held;
    }

    private void begin() {
      try {
        ask();
      } catch (RuntimeException | Error e) {
        end(Synced.broken(e));
      }
    }

    private void ask() {
      if (!store.current().usesSegment(name)) {
        end(Synced.DONE); // it left use in the meantime, and whoever brings it back asks anew
        return;
      }
      long since = held().changeNumber();
      CompletableFuture<Void> unused =
          api.segmentChanges(name, since, how)
              .thenAcceptAsync(outcome -> take(outcome, since), lane::executeHere)
              .whenComplete((done, failure) -> failed(failure));
    }

    private void failed(@Nullable Throwable defect) {
      if (defect != null) {
        end(Synced.broken(defect));
      }
    }

    private void take(Outcome<Received<SegmentChange>> outcome, long since) {
      if (outcome instanceof Success<Received<SegmentChange>> success) {
        Received<SegmentChange> received = success.body();
        page(received, since);
        received.copy().drop();
      } else if (outcome instanceof Failure<Received<SegmentChange>> failure) {
        failed(failure.trouble());
      }
    }

    private void page(Received<SegmentChange> received, long asked) {
      SegmentChange page = received.document();
      unknown.remove(name);
      Snapshot now = store.current();
      long held = held().changeNumber();
      if (page.till() == Changes.UNSAID) {
        end(new Synced(new Trouble.Unusable("the answer about a segment has no till")));
      } else if (!now.usesSegment(name)) {
        end(Synced.DONE);
      } else if ((page.since() == Changes.UNSAID ? asked : page.since()) != held) {
        outOfStep(page, asked);
      } else {
        if (page.till() > held || now.segment(name) == null) {
          store.apply(Change.segments(List.of(page.applyTo(held(), page.till()))));
          received.copy().keep(name, page);
        }
        goOn(page.till() > held);
      }
    }

    private void goOn(boolean advanced) {
      if (!advanced || ++count >= MOST_PAGES) {
        end(Synced.DONE);
      } else {
        how = new Fetch(how.fresh(), Fetch.NONE);
        ask();
      }
    }

    /** A page that does not begin where this segment ends: it would leave a gap. */
    private void outOfStep(SegmentChange page, long asked) {
      long held = held().changeNumber();
      if (held != asked) {
        goOn(true); // the segment is another than at the time of asking
      } else if (page.till() <= held && store.current().segment(name) != null) {
        end(Synced.DONE); // an older copy
      } else {
        String detail = "the answer about a segment begins at version %d instead of %d";
        end(new Synced(new Trouble.Unusable(detail.formatted(page.since(), asked))));
      }
    }

    private void failed(Trouble trouble) {
      int status = trouble instanceof Trouble.Status answered ? answered.status() : 0;
      if (status == 404) {
        unknown();
        end(Synced.DONE);
      } else {
        end(status == 304 ? Synced.DONE : new Synced(trouble));
      }
    }

    /** The service does not know it: it counts as loaded, without members unless it had some. */
    private void unknown() {
      if (unknown.add(name)) {
        boolean known = held().changeNumber() > Segment.empty(name).changeNumber();
        log.warn(
            "The service does not know the segment {}{}; {}",
            LogSafe.part(name),
            known ? " any more" : "",
            known ? "its last known members stay" : "nobody is a member");
      }
      Snapshot now = store.current();
      if (now.segment(name) == null && now.usesSegment(name)) {
        store.apply(Change.segments(List.of(Segment.empty(name))));
      }
    }

    private void end(Synced synced) {
      if (!ended.isDone()) {
        running--;
        troubles.segment(name, synced);
        ended.complete(synced);
        next();
      }
    }
  }
}
