/** What happens to a call: worked out once per method, then only run. */
@NullMarked
package io.splitio.spring.toggle.plan;

import org.jspecify.annotations.NullMarked;
