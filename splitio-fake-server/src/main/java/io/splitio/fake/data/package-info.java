/**
 * What the service holds: feature flags, rule-based segments and segments, with change numbers.
 *
 * <p>For tests to use: {@code Flag}, {@code Flags}, {@code Segment}, {@code RuleBasedSegment} and
 * {@code RuleBasedSegments}. {@code ChangeListener}, {@code ChangeNumbers}, {@code Definition},
 * {@code Page} and {@code Segments} are internal, and public for the server's other packages only.
 */
@NullMarked
package io.splitio.fake.data;

import org.jspecify.annotations.NullMarked;
