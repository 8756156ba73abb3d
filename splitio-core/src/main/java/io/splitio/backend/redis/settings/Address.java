package io.splitio.backend.redis.settings;

import io.splitio.backend.redis.settings.RedisSettings.Login;
import java.nio.file.Path;
import java.util.List;

/** Where Redis is. */
public sealed interface Address {
  /** The port of Redis where none is said. */
  int PORT = 6379;

  int SENTINEL_PORT = 26_379;

  /** The number of the database. */
  int database();

  /** The same, another database. */
  Address withDatabase(int number);

  /** The names of all keys below a prefix. */
  default RedisKeys keys(String prefix) {
    return RedisKeys.below(prefix);
  }

  /**
   * One process that listens at a port.
   *
   * @param host its name or address
   * @param port its port
   */
  record Node(String host, int port) {
    /** A node as one writes it, {@code host:port}; the port may be left out. */
    public static Node parse(String text) {
      return parse(text, PORT);
    }

    /** The same where another port goes without saying. */
    public static Node parse(String text, int usual) {
      int colon = text.lastIndexOf(':');
      boolean bare =
          colon < 0 || text.endsWith("]") || (text.indexOf(':') != colon && !text.startsWith("["));
      String host = bare ? text : text.substring(0, colon);
      try {
        return new Node(host, bare ? usual : Integer.parseInt(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no address of a node; write it like redis-1.example:6379", e);
      }
    }

    public Node {
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "the address of Redis is '"
                + host
                + "' and "
                + port
                + "; it must be a host and a port from 1 to 65535");
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * One server.
   *
   * @param node the server
   * @param database the number of the database
   */
  record Single(Node node, int database) implements Address {
    @Override
    public Address withDatabase(int number) {
      return new Single(node, number);
    }

    @Override
    public String toString() {
      return node + "/" + database;
    }
  }

  /**
   * One server on this machine.
   *
   * @param path its socket
   * @param database the number of the database
   */
  record UnixSocket(Path path, int database) implements Address {
    @Override
    public Address withDatabase(int number) {
      return new UnixSocket(path, number);
    }

    @Override
    public String toString() {
      return path + "/" + database;
    }
  }

  /**
   * The server that sentinels name.
   *
   * @param master what the sentinels call it
   * @param nodes the sentinels
   * @param database the number of the database
   * @param login who asks the sentinels
   * @param tls whether sentinels are talked to as the server is
   */
  record Sentinels(String master, List<Node> nodes, int database, Login login, boolean tls)
      implements Address {
    public Sentinels {
      nodes = List.copyOf(nodes);
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("there are no sentinels; name at least one");
      }
      if (master.isBlank()) {
        throw new IllegalArgumentException(
            "the name of the master is empty; it must be what the sentinels call it");
      }
    }

    @Override
    public Address withDatabase(int number) {
      return new Sentinels(master, nodes, number, login, tls);
    }

    @Override
    public String toString() {
      return "master " + master + " of sentinels " + nodes + "/" + database;
    }
  }

  /**
   * The owner of one slot in a cluster.
   *
   * @param nodes some of its nodes
   * @param hashTag what decides on the slot, braces included
   */
  record Cluster(List<Node> nodes, String hashTag) implements Address {
    public static final String DEFAULT_TAG = "{SPLITIO}";

    public Cluster {
      nodes = List.copyOf(nodes);
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("there are no nodes of the cluster; name at least one");
      }
      boolean braced = hashTag.startsWith("{") && hashTag.endsWith("}") && hashTag.length() >= 3;
      if (!braced || hashTag.lastIndexOf('{') > 0 || hashTag.indexOf('}') < hashTag.length() - 1) {
        throw new IllegalArgumentException(
            "the hash tag is '"
                + hashTag
                + "'; it must be a text between one pair of braces, like {SPLITIO}, and the same as"
                + " the Synchronizer's");
      }
    }

    @Override
    public int database() {
      return 0;
    }

    @Override
    public Address withDatabase(int number) {
      if (number != 0) {
        throw new IllegalArgumentException(
            "the database is " + number + "; a cluster has the database 0 only");
      }
      return this;
    }

    @Override
    public RedisKeys keys(String prefix) {
      return RedisKeys.below(hashTag + prefix);
    }

    @Override
    public String toString() {
      return "cluster " + nodes;
    }
  }
}
