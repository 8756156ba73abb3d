package io.splitio.backend.redis.link;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator can do about an error reply. */
final class Remedy {
  private static final Pattern COMMAND = Pattern.compile("run the '([a-z|-]+)' command");

  /** Redis 6 names these without what is asked of them, and to allow all of that is too much. */
  private static final Set<String> CONTAINERS = Set.of("client", "cluster", "sentinel");

  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("LOADING", "It will answer when it has read its data from disk"),
          Map.entry(
              "MASTERDOWN",
              "This is a replica that has lost its master: mend the replication, or name the master"
                  + " here"),
          Map.entry(
              "READONLY", "This is a replica: name the master here, or the Sentinels that know it"),
          Map.entry(
              "MISCONF",
              "It cannot save to its disk and so takes nothing: see its log, and whether that disk"
                  + " is full"),
          Map.entry(
              "BUSY", "A script keeps it from everything else: SCRIPT KILL ends one that is stuck"),
          Map.entry(
              "OOM",
              "It is full: raise its maxmemory, and see whether a Split Synchronizer fetches what"
                  + " is queued"),
          Map.entry(
              "NOPERM",
              "Its user lacks a permission: docs/redis.md lists those the SDK needs (ACL SETUSER)"),
          Map.entry("NOAUTH", "It wants a password: set user and password of the connection"),
          Map.entry("WRONGPASS", "Set the right user and password of the connection"),
          Map.entry(
              "WRONGTYPE",
              "Something else uses a key of the SDK: see TYPE of it, delete it, or use another"
                  + " prefix"),
          Map.entry("CLUSTERDOWN", "Some slots have no node: see CLUSTER INFO"));

  private static final Map<String, String> AT_SENTINELS =
      Map.of(
          "NOAUTH",
          "Sentinels want a password of their own: set sentinelPassword or sentinelLogin"
              + " (splitio.redis.sentinel.password, and .username where they have users)",
          "WRONGPASS",
          "Set the right user and password of the Sentinels: sentinelLogin or sentinelPassword"
              + " (splitio.redis.sentinel.username and .password)",
          "NOPERM",
          "The user of the Sentinels must be allowed SENTINEL GET-MASTER-ADDR-BY-NAME (ACL SETUSER"
              + " there, such as +sentinel|get-master-addr-by-name)");

  private Remedy() {}

  /** What to do, or null where nothing is to be done, or nobody knows. */
  static @Nullable String of(@Nullable String code) {
    return code == null ? null : REMEDIES.get(code);
  }

  /** The same where a sentinel said so. */
  static @Nullable String atSentinel(@Nullable String code) {
    return code == null ? null : AT_SENTINELS.getOrDefault(code, REMEDIES.get(code));
  }

  /** The same, more closely where the reply tells more. */
  static @Nullable String of(@Nullable String code, String said) {
    if (!"NOPERM".equals(code)) {
      return of(code);
    }
    Matcher command = COMMAND.matcher(said);
    return command.find() && !CONTAINERS.contains(command.group(1))
        ? "Its user lacks +"
            + command.group(1)
            + ": docs/redis.md lists what the SDK needs (ACL SETUSER)"
        : of(code);
  }
}
