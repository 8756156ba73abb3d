package io.splitio.fake.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What is spoken below HTTP: plain TCP or TLS. */
@FunctionalInterface
public interface Transport {
  /** Bytes as they are. */
  Transport PLAIN = socket -> socket;

  /** The socket to converse over, which may wrap the one that was accepted. */
  Socket over(Socket accepted) throws IOException;

  /** TLS with the certificate and the trust of this context. */
  static Transport tls(SSLContext context) {
    return accepted -> {
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
      socket.setUseClientMode(false);
      return socket;
    };
  }
}
