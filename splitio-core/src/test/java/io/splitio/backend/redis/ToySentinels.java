package io.splitio.backend.redis;

import java.util.List;

/** What toys say where there are sentinels. */
public final class ToySentinels {
  private ToySentinels() {}

  /** A server that believes to be the master. */
  public static String asMaster(List<String> command) {
    return command.get(0).equals("ROLE") ? "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n" : null;
  }

  /** A sentinel that names this one. */
  public static String naming(ToyRedis master, List<String> command) {
    String port = "" + master.port();
    return command.get(0).equals("SENTINEL")
        ? "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n"
        : null;
  }
}
