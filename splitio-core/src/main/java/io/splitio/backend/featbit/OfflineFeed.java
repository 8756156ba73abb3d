package io.splitio.backend.featbit;

import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.LeftOut;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flags from documents that were fetched from FeatBit earlier; nothing is connected to. */
final class OfflineFeed implements FeatBitFeatures {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final Document document;
  private final Services services;
  private final FeatBitStatus status;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Lane lane;
  private final Versions versions = new Versions(); // guarded by this
  private @Nullable SnapshotStore store; // guarded by this

  /**
   * Where definitions are.
   *
   * @param name what it is called in messages
   * @param text reads it
   */
  record Document(String name, Callable<String> text) {
    /** There is none, until one is given. */
    static final Document NONE = new Document("nothing", () -> "");

    /** That of a file, which may be mended later. */
    static Document of(Path file) {
      return new Document("The file '" + file + "'", () -> text(file));
    }

    /** Who reads a pipe waits for its writer. */
    private static String text(Path file) throws IOException {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IllegalArgumentException("it is no regular file");
      }
      return Files.readString(file);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  OfflineFeed(Document document, Services services) {
    this.document = document;
    this.services = services;
    this.status = new FeatBitStatus(services.clock());
    this.lane = new Lane(services.scheduler());
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore to) {
    synchronized (this) {
      store = to;
    }
    if (document.equals(Document.NONE)) {
      loaded();
    } else {
      lane.execute(this::read);
    }
    return ready;
  }

  private void read() {
    boolean taken = false;
    try {
      take(document.text.call());
      taken = true;
      loaded();
    } catch (Throwable e) {
      String problem = LogSafe.line(document + " cannot be used: " + why(e));
      if (taken) {
        told(problem);
      } else {
        failed(problem);
      }
    }
  }

  /** Unless a document was given meanwhile that takes its place. */
  private void failed(String problem) {
    if (filled()) {
      log.warn("{}; what was given is served", problem);
      return;
    }
    told(problem);
    if (filled()) {
      loaded(); // it came while this was told
    }
  }

  private void told(String problem) {
    services.report().failedForGood(problem);
    services.report().waitingIsInVain();
    status.failedForGood(ErrorType.DATA_STORAGE_INIT, problem);
  }

  private synchronized boolean filled() {
    return versions.loaded();
  }

  /** Reads a file again that could not be used; it may have been mended. */
  @Override
  public void retryNow() {
    services.report().verdict().and(status).appeal(lane, () -> !ready.isDone(), this::read);
  }

  private void loaded() {
    services.report().completed();
    status.ok(services.report()::waitingIsOver, () -> ready.complete(null));
  }

  private static String why(Throwable e) {
    String message = e.getMessage();
    boolean plain = e instanceof MalformedJsonException || e instanceof IllegalArgumentException;
    return !plain ? e.getClass().getSimpleName() + " " + message : String.valueOf(message);
  }

  private synchronized void take(String text) throws MalformedJsonException {
    SnapshotStore to = store;
    if (to != null) {
      versions.take(read(text), to::apply);
    }
  }

  @Override
  public boolean load(String json) {
    try {
      take(json);
      loaded();
      return true;
    } catch (MalformedJsonException | RuntimeException e) {
      log.error(
          "The definitions given are left out: {}", LogSafe.line(String.valueOf(e.getMessage())));
      return false;
    }
  }

  /** The definitions of a document, whether it says it is full or not. */
  private static DataSync read(String text) throws MalformedJsonException {
    DataSync read = MessageReader.read(text);
    if (read == null) {
      throw new IllegalArgumentException(
          "it is not what FeatBit's /api/public/sdk/server/latest-all answers, a data-sync message");
    }
    new LeftOut().tell(read.rejected());
    return new DataSync(read.text(), true, read.flags(), read.segments(), read.rejected());
  }

  @Override
  public FeatBitStatus status() {
    return status;
  }

  @Override
  public boolean offline() {
    return true;
  }

  @Override
  public void close() {
    status.off();
  }
}
