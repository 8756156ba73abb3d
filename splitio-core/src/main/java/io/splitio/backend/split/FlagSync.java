package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.backend.split.SplitApi.Position;
import io.splitio.backend.split.keep.Received;
import io.splitio.codec.Changes;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings flags and rule-based segments up to date, page by page (protocol specification 2). For one
 * lane.
 */
final class FlagSync {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  /** The version of the documents this SDK understands. */
  static final String SPEC = "1.3";

  private static final String OLD_SPEC = "1.1";
  private static final int MOST_PAGES = 1_000;
  private static final long A_DAY = Duration.ofHours(24).toNanos();

  private final SplitApi api;
  private final Lane lane;
  private final SnapshotStore store;
  private final Pages pages;
  private final Troubles troubles;
  private final Origin origin;
  private final Turns turns = new Turns(this::begin);
  private boolean old;
  private long oldSince;
  private @Nullable Position tooLong;

  /** Where definitions go, and what keeps them from it. */
  record Target(SnapshotStore store, Pages pages, Troubles troubles) {}

  /**
   * Where definitions come from.
   *
   * @param sets the only flag sets to load; empty means all
   * @param maybeProxy whether the address is not the cloud's own, so that a proxy may be there that
   *     knows older documents only
   * @param nanoTime as {@link System#nanoTime()}
   */
  record Origin(Set<String> sets, boolean maybeProxy, LongSupplier nanoTime) {}

  FlagSync(SplitApi api, Lane lane, Target target, Origin origin) {
    this.api = api;
    this.lane = lane;
    this.store = target.store;
    this.pages = target.pages;
    this.troubles = target.troubles;
    this.origin = origin;
  }

  /** Fetches until nothing new comes; the future completes on the lane. */
  CompletableFuture<Synced> fetch(Fetch how) {
    return turns.ask(how);
  }

  /** Asks again at addresses that were too long before. */
  void hurry() {
    tooLong = null;
  }

  /** Whether rule-based segments do not come, as the service knows older documents only. */
  boolean lacksRuleBasedSegments() {
    return old;
  }

  private CompletableFuture<Synced> begin(Fetch how) {
    boolean probe =
        old && how.till() == Fetch.NONE && origin.nanoTime.getAsLong() - oldSince >= A_DAY;
    Loop loop = new Loop(probe ? Snapshot.EMPTY : null);
    loop.ask(how);
    return loop.ended
        .exceptionally(Synced::broken)
        .thenApply(
            synced -> {
              troubles.flags(synced);
              return synced;
            });
  }

  /** One loop over pages; one that probes collects them, and puts them in force at its end. */
  private final class Loop {
    private final CompletableFuture<Synced> ended = new CompletableFuture<>();
    private final List<Received<Changes>> collected = new ArrayList<>();
    private @Nullable Snapshot probed;
    private int count;

    private Loop(@Nullable Snapshot probed) {
      this.probed = probed;
    }

    private void ask(Fetch how) {
      Snapshot held = held();
      String spec = old && probed == null ? OLD_SPEC : SPEC;
      Position from = new Position(spec, held.flagsTill(), held.ruleBasedTill());
      if (tooLong != null && from.equals(tooLong)) { // the same address would be too long again
        ended.complete(new Synced(new Trouble.Status(414, null)));
        return;
      }
      CompletableFuture<Void> unused =
          api.splitChanges(from, origin.sets, how)
              .thenAcceptAsync(outcome -> take(outcome, how, held, from), lane::executeHere)
              .whenComplete((done, failure) -> failed(failure));
    }

    private Snapshot held() {
      return probed == null ? store.current() : probed;
    }

    private void failed(@Nullable Throwable defect) {
      if (defect != null) {
        ended.completeExceptionally(defect);
      }
    }

    private void take(
        Outcome<Received<Changes>> outcome, Fetch how, Snapshot before, Position from) {
      if (outcome instanceof Success<Received<Changes>> success) {
        page(success.body(), how, before);
      } else if (outcome instanceof Failure<Received<Changes>> failure) {
        failed(failure.trouble(), how, from);
      }
    }

    private void page(Received<Changes> received, Fetch how, Snapshot before) {
      Fetch next = new Fetch(how.fresh(), Fetch.NONE);
      if (probed == null) {
        pages.apply(received.document());
        received.copy().keep(received.document());
        received.copy().drop();
      } else {
        probed = pages.after(received.document(), probed);
        collected.add(received);
      }
      boolean advanced =
          held().flagsTill() != before.flagsTill()
              || held().ruleBasedTill() != before.ruleBasedTill();
      if (advanced && ++count < MOST_PAGES) {
        ask(next);
      } else {
        if (advanced) {
          log.warn("Definitions still change after {} pages; the rest comes next time", count);
        }
        end(next);
      }
    }

    private void end(Fetch how) {
      if (probed == null) {
        ended.complete(Synced.DONE);
      } else if (pages.replace(probed)) {
        log.info("The service at the configured address understands current documents now");
        collected.forEach(received -> received.copy().keep(received.document()));
        old = false;
        ended.complete(Synced.DONE);
      } else {
        notYet(how);
      }
    }

    /** The probe led to nothing: goes on with older documents, for another day. */
    private void notYet(Fetch how) {
      probed = null;
      collected.forEach(received -> received.copy().drop());
      collected.clear();
      oldSince = origin.nanoTime.getAsLong();
      ask(how);
    }

    private void failed(Trouble trouble, Fetch how, Position from) {
      int status = trouble instanceof Trouble.Status answered ? answered.status() : 0;
      if (probed != null) {
        notYet(how);
      } else if (status == 304) {
        ended.complete(Synced.DONE);
      } else if (status == 400 && !old && origin.maybeProxy) {
        log.warn(
            "The service at the configured address does not understand current documents: flags"
                + " are loaded in an older form, without rule-based segments and prerequisites."
                + " It is asked again in a day");
        old = true;
        notYet(how);
      } else {
        tooLong = status == 414 && how.till() == Fetch.NONE ? from : tooLong;
        ended.complete(new Synced(trouble));
      }
    }
  }
}
