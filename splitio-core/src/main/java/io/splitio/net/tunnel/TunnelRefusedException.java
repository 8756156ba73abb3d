package io.splitio.net.tunnel;

import java.io.IOException;

/** The proxy did not connect. */
public final class TunnelRefusedException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int NO_HTTP = 0;

  private final int status;

  TunnelRefusedException(int status) {
    super(status == NO_HTTP ? "the proxy does not answer with HTTP" : "it answered " + status);
    this.status = status;
  }

  static TunnelRefusedException noHttp() {
    return new TunnelRefusedException(NO_HTTP);
  }

  /** The status of its answer, 0 when that was no HTTP. */
  public int status() {
    return status;
  }
}
