package io.splitio.fake.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers HTTP/1.1 on a loopback port, one daemon thread for each connection. */
public final class HttpServer implements AutoCloseable {
  private final Acceptor acceptor;
  private final Transport transport;
  private final Handler handler;
  private final Function<Request, @Nullable ArmedFault> faults;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  private HttpServer(
      int port,
      Transport transport,
      Handler handler,
      Function<Request, @Nullable ArmedFault> faults) {
    this.transport = transport;
    this.handler = handler;
    this.faults = faults;
    this.acceptor = Acceptor.start(port, this::serve);
  }

  /** Starts on a port of the loopback interface; 0 takes any free one. */
  public static HttpServer start(
      int port,
      Transport transport,
      Handler handler,
      Function<Request, @Nullable ArmedFault> faults) {
    return new HttpServer(port, transport, handler, faults);
  }

  /** The port it listens on. */
  public int port() {
    return acceptor.port();
  }

  /** How many connections have been accepted so far. */
  public long accepted() {
    return connections.get();
  }

  /** How many connections are open. */
  public int open() {
    return lines.size();
  }

  private void serve(Socket socket) {
    try {
      Line line = new Line(connections.incrementAndGet(), socket, transport);
      lines.add(line);
      daemon("splitio-fake-connection-" + line.number(), () -> converse(line)).start();
    } catch (IOException e) {
      // The connection was gone before it could be used.
    }
  }

  private void converse(Line line) {
    RequestReader reader = new RequestReader(line, requests);
    try (line) {
      for (Request next = reader.next(); next != null; next = reader.next()) {
        answer(next, line);
        if (!line.open() || wantsToClose(next)) {
          break;
        }
      }
      line.end();
    } catch (IOException e) {
      // The connection broke; whether on purpose or not, the client is the one to tell.
    } finally {
      lines.remove(line);
    }
  }

  private void answer(Request request, Line line) throws IOException {
    ArmedFault armed = faults.apply(request);
    if (armed == null) {
      new Turn(request, handler, line, new CountDownLatch(1)).answer();
    } else {
      armed.fault().answer(new Turn(request, handler, line, armed.cleared()));
    }
  }

  private static boolean wantsToClose(Request request) {
    return request.header("Connection").orElse("").equalsIgnoreCase("close");
  }

  /** Stops listening and closes every connection. */
  @Override
  public void close() {
    acceptor.close();
    lines.forEach(Line::close);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
