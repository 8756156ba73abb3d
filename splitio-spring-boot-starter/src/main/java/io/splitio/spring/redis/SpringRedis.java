package io.splitio.spring.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * The Redis that Spring Boot connects to, whichever line of it tells.
 *
 * @param login its user and password
 * @param bundle certificates to talk TLS with, or null for none
 * @param server the only server, or null
 * @param sentinel who knows the server, or null
 * @param cluster some nodes of a cluster, or nothing
 */
record SpringRedis(
    Login login,
    @Nullable SslBundle bundle,
    @Nullable Server server,
    @Nullable Watched sentinel,
    List<Node> cluster) {

  /** Reads what Spring Boot knows, when the connector is made. */
  @FunctionalInterface
  interface Details {
    /** What is known, or null when Spring Boot connects to no Redis. */
    @Nullable SpringRedis read();
  }

  /** Who asks. */
  record Login(@Nullable String username, @Nullable String password) {
    /** Names nobody. */
    @Override
    public String toString() {
      return password == null ? "no login" : "a login";
    }
  }

  /** A server and its database. */
  record Server(Node node, int database) {}

  /** A server whose address Sentinels know. */
  record Watched(String master, List<Node> nodes, Login login, int database) {}

  /** A host and a port. */
  record Node(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }
}
