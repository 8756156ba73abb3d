/** What the SDK says in logs, where it came from outside: harmless, and told once. */
@NullMarked
package io.splitio.log;

import org.jspecify.annotations.NullMarked;
