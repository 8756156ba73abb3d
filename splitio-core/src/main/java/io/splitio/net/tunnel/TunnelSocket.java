package io.splitio.net.tunnel;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A socket to somewhere, made of one to a proxy, which guards itself. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // one that waits must be closed by another
final class TunnelSocket extends Socket {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})\\b.*");
  private static final int LONGEST_HEAD = 16 * 1024;

  private final Socket way;
  private final Supplier<InetSocketAddress> proxy;
  private final Supplier<@Nullable String> credentials;

  TunnelSocket(
      Socket way, Supplier<InetSocketAddress> proxy, Supplier<@Nullable String> credentials) {
    this.way = way;
    this.proxy = proxy;
    this.credentials = credentials;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  /** The name of the host is not looked up here, but by the proxy. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    InetSocketAddress target = (InetSocketAddress) endpoint;
    InetSocketAddress first = proxy.get();
    if (first.isUnresolved()) {
      throw new UnknownHostException(first.getHostString());
    }
    way.connect(first, timeout);
    String host = target.getHostString();
    ask((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + target.getPort());
    int status = status(head());
    if (status < 200 || status > 299) { // RFC 9110, 9.3.6
      throw new TunnelRefusedException(status);
    }
  }

  private void ask(String authority) throws IOException {
    String shown = credentials.get();
    String request =
        "CONNECT %s HTTP/1.1\r\nHost: %s\r\n".formatted(authority, authority)
            + (shown == null ? "" : "Proxy-Authorization: " + shown + "\r\n")
            + "\r\n";
    OutputStream out = way.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Byte by byte, as what follows is not the proxy's. */
  private String head() throws IOException {
    InputStream in = way.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      if (head.length() == LONGEST_HEAD) {
        throw TunnelRefusedException.noHttp();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int status(String head) throws TunnelRefusedException {
    Matcher line = STATUS.matcher(head.substring(0, head.indexOf("\r\n")));
    if (!line.matches()) {
      throw TunnelRefusedException.noHttp();
    }
    return Integer.parseInt(line.group(1));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return way.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return way.getOutputStream();
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    way.setSoTimeout(timeout);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return way.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    way.setTcpNoDelay(on);
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    way.setKeepAlive(on);
  }

  @Override
  public boolean getKeepAlive() throws SocketException {
    return way.getKeepAlive();
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return way.getTcpNoDelay();
  }

  @Override
  public InetAddress getLocalAddress() {
    return way.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return way.getLocalPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return way.getLocalSocketAddress();
  }

  @Override
  public boolean isBound() {
    return way.isBound();
  }

  /** That of a socket would make a descriptor of its own, which nobody closes. */
  @Override
  public String toString() {
    return "TunnelSocket[" + way + "]";
  }

  @Override
  public InetAddress getInetAddress() {
    return way.getInetAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return way.getRemoteSocketAddress();
  }

  @Override
  public int getPort() {
    return way.getPort();
  }

  @Override
  public boolean isConnected() {
    return way.isConnected();
  }

  @Override
  public boolean isClosed() {
    return way.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return way.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return way.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    way.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    way.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    way.close();
  }
}
