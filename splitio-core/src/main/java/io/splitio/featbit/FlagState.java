package io.splitio.featbit;

/**
 * Whether an evaluation succeeded, and what came of it.
 *
 * @param success whether the flag decided
 * @param reason {@code OK}, or why it did not
 * @param data the evaluation
 */
public record FlagState<T>(boolean success, String reason, EvalDetail<T> data) {}
