package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.backend.split.SplitApi.Position;
import io.splitio.codec.Changes;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
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
  private final Origin origin;
  private final Turns turns = new Turns(this::begin);
  private boolean old;
  private long oldSince;

  /**
   * Where definitions come from.
   *
   * @param sets the only flag sets to load; empty means all
   * @param maybeProxy whether the address is not the cloud's own, so that a proxy may be there that
   *     knows older documents only
   * @param nanoTime as {@link System#nanoTime()}
   */
  record Origin(Set<String> sets, boolean maybeProxy, LongSupplier nanoTime) {}

  FlagSync(SplitApi api, Lane lane, SnapshotStore store, Pages pages, Origin origin) {
    this.api = api;
    this.lane = lane;
    this.store = store;
    this.pages = pages;
    this.origin = origin;
  }

  /** Fetches until nothing new comes; the future completes on the lane. */
  CompletableFuture<Synced> fetch(Fetch how) {
    return turns.ask(how);
  }

  private CompletableFuture<Synced> begin(Fetch how) {
    Loop loop = new Loop();
    boolean probe =
        old && how.till() == Fetch.NONE && origin.nanoTime.getAsLong() - oldSince >= A_DAY;
    loop.ask(how, probe);
    return loop.ended;
  }

  /** One loop over pages. */
  private final class Loop {
    private final CompletableFuture<Synced> ended = new CompletableFuture<>();
    private int count;

    private void ask(Fetch how, boolean probe) {
      Snapshot held = store.current();
      Position from =
          probe
              ? new Position(SPEC, -1, -1)
              : new Position(old ? OLD_SPEC : SPEC, held.flagsTill(), held.ruleBasedTill());
      CompletableFuture<Void> unused =
          api.splitChanges(from, origin.sets, how)
              .thenAcceptAsync(outcome -> take(outcome, how, probe, held), lane);
    }

    private void take(Outcome<Changes> outcome, Fetch how, boolean probe, Snapshot before) {
      if (outcome instanceof Success<Changes> success) {
        page(success.body(), how, probe, before);
      } else if (outcome instanceof Failure<Changes> failure) {
        failed(failure.trouble(), how, probe);
      }
    }

    private void page(Changes page, Fetch how, boolean probe, Snapshot before) {
      if (probe) {
        log.info("The service at the configured address understands current documents now");
        old = false;
      }
      pages.apply(page, probe);
      Snapshot after = store.current();
      boolean advanced =
          after.flagsTill() != before.flagsTill()
              || after.ruleBasedTill() != before.ruleBasedTill();
      if (!advanced) {
        ended.complete(Synced.DONE);
      } else if (++count >= MOST_PAGES) {
        log.warn("Definitions still change after {} pages; the rest comes next time", count);
        ended.complete(Synced.DONE);
      } else {
        ask(new Fetch(how.fresh(), Fetch.NONE), false);
      }
    }

    private void failed(Trouble trouble, Fetch how, boolean probe) {
      int status = trouble instanceof Trouble.Status answered ? answered.status() : 0;
      if (status == 304) {
        ended.complete(Synced.DONE);
      } else if (probe) {
        oldSince = origin.nanoTime.getAsLong();
        ask(how, false);
      } else if (status == 400 && !old && origin.maybeProxy) {
        log.warn(
            "The service at the configured address does not understand current documents: flags"
                + " are loaded in an older form, without rule-based segments and prerequisites."
                + " It is asked again in a day");
        old = true;
        oldSince = origin.nanoTime.getAsLong();
        ask(how, false);
      } else {
        ended.complete(new Synced(trouble));
      }
    }
  }
}
