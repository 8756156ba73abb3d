/** What the service holds: feature flags, rule-based segments and segments, with change numbers. */
@NullMarked
package io.splitio.fake.data;

import org.jspecify.annotations.NullMarked;
