package io.splitio.telemetry;

/** What happens to streaming, with the codes of the protocol (specification 10.4). */
public enum StreamingEvent {
  /** Streaming is up; no data. */
  CONNECTION_ESTABLISHED(0),
  /** Data: how many publishers the primary channel has. */
  OCCUPANCY_PRIMARY(10),
  /** Data: how many publishers the secondary channel has. */
  OCCUPANCY_SECONDARY(20),
  /** Data: 0 disabled, 1 enabled, 2 paused. */
  STREAMING_STATUS(30),
  /** Data: 0 when this side ended the connection, else 1. */
  CONNECTION_ERROR(40),
  /** Data: when the token expires, in milliseconds since 1970. */
  TOKEN_REFRESH(50),
  /** Data: the error's code. */
  ABLY_ERROR(60),
  /** Data: 0 streaming, 1 polling. */
  SYNC_MODE_UPDATE(70);

  private final int code;

  StreamingEvent(int code) {
    this.code = code;
  }

  /** The protocol's number of it. */
  public int code() {
    return code;
  }
}
