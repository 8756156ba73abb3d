package io.splitio.fake.http;

/** Decides what a request is answered with. */
@FunctionalInterface
public interface Handler {
  /** Called on the thread of the request's connection. */
  Reply handle(Request request);
}
