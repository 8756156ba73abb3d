package io.splitio.backend.redis.link;

import io.lettuce.core.cluster.SlotHash;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The node of a cluster that owns the slot of all keys. It is found out from whichever node
 * answers, and anew when a node says that the slot is elsewhere, or does not answer.
 */
final class OwnerOfSlot implements Place {
  private static final int MOST_KNOWN = 100;

  private final Wires wires;
  private final int slot;
  private final List<Node> seeds;
  private volatile Set<Node> known = Set.of(); // any attempt's finding is as good
  private volatile @Nullable Node owner; // as some node said
  private int first; // guarded by this

  OwnerOfSlot(Address.Cluster cluster, Wires wires) {
    this.wires = wires;
    this.slot = SlotHash.getSlot(cluster.hashTag());
    this.seeds = cluster.nodes();
  }

  @Override
  public CompletableFuture<Wire> open() {
    Node likely = owner;
    owner = null;
    if (likely != null) {
      return wires.to(likely);
    }
    return searched(candidates(), 0);
  }

  @Override
  public void heard(RedisFault fault, @Nullable Node asked) {
    if (fault.isMoved()) {
      owner = fault.target(asked);
    }
  }

  private synchronized List<Node> candidates() {
    Set<Node> all = new LinkedHashSet<>(seeds);
    all.addAll(known);
    List<Node> candidates = new ArrayList<>(all);
    Collections.rotate(candidates, first++);
    return candidates;
  }

  private CompletableFuture<Wire> searched(List<Node> candidates, int next) {
    return from(candidates.get(next))
        .exceptionallyCompose(
            failure ->
                next + 1 < candidates.size()
                    ? searched(candidates, next + 1)
                    : CompletableFuture.failedFuture(failure));
  }

  /** Asks one node who owns the slot, and goes there. */
  private CompletableFuture<Wire> from(Node node) {
    return wires
        .to(node)
        .thenCompose(
            wire ->
                wire.commands()
                    .clusterSlots()
                    .toCompletableFuture()
                    .thenApply(slots -> ownerIn(slots, node))
                    .thenCompose(found -> found.equals(node) ? still(wire) : wires.to(found))
                    .whenComplete(
                        (chosen, failure) -> {
                          if (chosen != wire) {
                            Wire.hangUp(wire);
                          }
                        }));
  }

  private static CompletableFuture<Wire> still(Wire wire) {
    return CompletableFuture.completedFuture(wire);
  }

  /** Reads the reply of CLUSTER SLOTS: ranges of slots, each with its owner and its replicas. */
  private Node ownerIn(List<Object> ranges, Node asked) {
    Set<Node> seen = new LinkedHashSet<>();
    Node found = null;
    for (Object each : ranges) {
      List<?> range = (List<?>) each;
      for (Object member : range.subList(2, range.size())) {
        Node node = node((List<?>) member, asked);
        if (seen.size() < MOST_KNOWN) {
          seen.add(node);
        }
      }
      if (((Number) range.get(0)).intValue() <= slot
          && slot <= ((Number) range.get(1)).intValue()) {
        found = node((List<?>) range.get(2), asked);
      }
    }
    known = Set.copyOf(seen);
    if (found == null) {
      throw new IllegalStateException("no node of the cluster owns slot " + slot);
    }
    return found;
  }

  /** A node without a host is the one that was asked. */
  private static Node node(List<?> member, Node asked) {
    Object host = member.get(0);
    String name =
        host instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : host == null ? "" : host.toString();
    return new Node(
        name.isEmpty() || name.equals("?") ? asked.host() : name,
        ((Number) member.get(1)).intValue());
  }
}
