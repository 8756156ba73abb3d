package io.splitio.backend.split.keep;

/**
 * What was received.
 *
 * @param document what was made of it
 * @param copy what is kept of it if it is accepted
 * @param <T> what is made of it
 */
public record Received<T>(T document, Copy copy) {}
