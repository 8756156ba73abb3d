package io.splitio.net.frame;

import java.io.IOException;

/** The other side does not keep to the protocol, or sends more than is taken. */
public final class Violation extends IOException {
  /** It breaks a rule of the protocol. */
  public static final int PROTOCOL = 1002;

  /** A text that is not UTF-8. */
  public static final int TEXT = 1007;

  /** A message that is too large. */
  public static final int SIZE = 1009;

  private static final long serialVersionUID = 1;

  private final int code;

  Violation(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The code to close the connection with. */
  public int code() {
    return code;
  }
}
