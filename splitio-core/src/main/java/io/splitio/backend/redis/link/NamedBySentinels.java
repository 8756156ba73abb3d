package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that sentinels name.
 *
 * <p>As long as there are connections, each sentinel is asked now and then: as soon as one has
 * heard of an election, whoever is connected to another server than the elected one leaves it, even
 * if that still believes to be the master. So does whoever is connected to another server than the
 * one that most sentinels name, once that one answers.
 */
final class NamedBySentinels implements Place {
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final String name;
  private final List<Sentinel> each;
  private final Sentinels sentinels;
  private final Wires wires;
  private final Opinions opinions;
  private final AtomicBoolean reaching = new AtomicBoolean();
  private List<Lookout> lookouts = List.of(); // guarded by this

  NamedBySentinels(Address.Sentinels address, RedisSettings settings, Wires wires) {
    this.name = address.master();
    this.wires = wires;
    this.opinions = new Opinions(address.nodes().size(), this::elected, this::namedByMost);
    this.each =
        address.nodes().stream()
            .map(node -> new Sentinel(node, address, settings, wires, opinions))
            .toList();
    this.sentinels = new Sentinels(each);
  }

  @Override
  public CompletableFuture<Wire> open() {
    Node before = opinions.elected();
    return new Sentinels.Search(sentinels, wires, opinions::failed)
        .begin(before)
        .thenApply(wire -> opened(wire, before));
  }

  private Wire opened(Wire wire, @Nullable Node before) {
    watch();
    sentinels.used(wire.node());
    wire.take(); // first, as who is elected is known before connections are left
    Node elected = opinions.elected();
    if (elected != null && !elected.equals(before) && wire.isUsedElsewhere(elected)) {
      leave(wire, elected); // it was about to be opened when the others were left
    }
    return wire;
  }

  private synchronized void watch() {
    if (lookouts.isEmpty()) {
      List<Lookout> begun = each.stream().map(sentinel -> new Lookout(sentinel, wires)).toList();
      begun.forEach(Lookout::begin); // fails where all connections are about to end
      lookouts = begun;
      reaching.set(false);
    }
  }

  @Override
  public synchronized void rest() {
    lookouts.forEach(Lookout::end);
    lookouts = List.of();
  }

  private List<Wire> astray(Node master) {
    return wires.all().stream().filter(wire -> wire.isUsedElsewhere(master)).toList();
  }

  private void elected(Node master) {
    List<Wire> astray = astray(master);
    if (!astray.isEmpty()) {
      log.info(
          "The sentinels name {} as {} now, and connections to other servers are left",
          master,
          name);
      astray.forEach(wire -> leave(wire, master));
    }
  }

  /** What is under way is answered yet, and who asks meanwhile waits for the next connection. */
  private static void leave(Wire wire, Node master) {
    wire.endedBy(new RedisCommandExecutionException("MOVED by an election to " + master));
  }

  /** It is reached first, as most may name one that is down, and not have agreed on another yet. */
  private void namedByMost(Node master) {
    if (astray(master).isEmpty() || !reaching.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<?> unused =
        CompletableFuture.completedFuture(master)
            .thenCompose(wires::to)
            .thenCompose(Sentinels::master)
            .thenAccept(wire -> proved(wire, master))
            .whenComplete((done, failure) -> reached(failure == null));
  }

  /** Who cannot be used now is left alone for a while: each attempt takes a connection. */
  private void reached(boolean usable) {
    if (usable) {
      reaching.set(false);
    } else {
      wires.after(REST, () -> reaching.set(false));
    }
  }

  private void proved(Wire wire, Node master) {
    Wire.hangUp(wire);
    if (opinions.elect(master)) {
      elected(master);
    }
  }
}
