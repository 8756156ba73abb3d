/** What is set of Redis: where it is, what is called how in it, and how it is talked to. */
@NullMarked
package io.splitio.backend.redis.settings;

import org.jspecify.annotations.NullMarked;
