package io.splitio.net;

import io.splitio.net.Trouble.Kind;
import io.splitio.net.Trouble.Transport;
import io.splitio.net.tunnel.TunnelRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Tells what an exception of the transport means; repeats no text that a peer could have made. */
final class Failures {
  private Failures() {}

  /**
   * Whom a request connects to first.
   *
   * @param name host and port, for people
   * @param proxy whether it is a proxy
   */
  record Peer(String name, boolean proxy) {}

  /**
   * Classifies an exception.
   *
   * @param connected whether there was a connection to send the request on
   * @param peer whom it was to be sent to
   */
  static Transport of(IOException e, boolean connected, Peer peer) {
    if (e instanceof Body.Fault fault) {
      return new Transport(fault.kind(), String.valueOf(fault.getMessage()));
    }
    if (e instanceof ProxyCredentials.Refusal) {
      return new Transport(Kind.PROXY, peer.name + " answered 407");
    }
    if (e instanceof TunnelRefusedException refused) {
      return refused(refused, peer);
    }
    if (e instanceof InterruptedIOException) {
      return new Transport(
          Kind.TIMEOUT,
          connected ? "no answer in time" : "no connection to " + peer.name + " in time");
    }
    if (e instanceof SSLException) {
      String way = peer.proxy ? " (through " + peer.name + ")" : "";
      return causedByTheEnd(e)
          ? new Transport(Kind.RESET, "the connection ended during the TLS handshake" + way)
          : new Transport(Kind.TLS, firstLine(e) + way);
    }
    return connected ? broken(e) : unconnected(e, peer);
  }

  private static Transport refused(TunnelRefusedException refused, Peer peer) {
    String answered =
        refused.status() == 0 ? " answered with no HTTP" : " answered " + refused.status();
    return refused.status() == 407
        ? new Transport(Kind.PROXY, peer.name + answered)
        : new Transport(Kind.CONNECT, peer.name + answered + " instead of connecting");
  }

  private static Transport unconnected(IOException e, Peer peer) {
    if (e instanceof UnknownHostException) {
      return new Transport(Kind.CONNECT, "the host name of " + peer.name + " cannot be resolved");
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new Transport(Kind.CONNECT, peer.name + " refuses or cannot be reached");
    }
    if (e instanceof SocketException || causedByTheEnd(e)) {
      return new Transport(Kind.RESET, "the connection ended before the request was sent");
    }
    String reason = peer.proxy ? " does not connect" : ": " + e.getClass().getSimpleName();
    return new Transport(Kind.CONNECT, peer.name + reason);
  }

  private static Transport broken(IOException e) {
    if (e instanceof SocketException || causedByTheEnd(e)) {
      return new Transport(Kind.RESET, "the connection ended before the answer did");
    }
    if (e instanceof ProtocolException) {
      return new Transport(Kind.PROTOCOL, "the answer is no valid HTTP");
    }
    return new Transport(Kind.RESET, e.getClass().getSimpleName());
  }

  private static boolean causedByTheEnd(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return true;
      }
    }
    return false;
  }

  /** The reason of the JDK or of OkHttp; names in a certificate are shortened with the rest. */
  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage()).strip();
    String line = message.lines().findFirst().orElse("");
    String clean = line.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }
}
