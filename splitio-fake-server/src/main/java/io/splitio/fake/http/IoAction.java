package io.splitio.fake.http;

import java.io.IOException;

/** Something done to a connection. */
@FunctionalInterface
interface IoAction {
  void run() throws IOException;
}
