package io.splitio.fake.http;

import java.util.concurrent.CountDownLatch;

/** A fault that waits to happen, and what ends it: the latch is counted down when it is cleared. */
public record ArmedFault(Fault fault, CountDownLatch cleared) {}
