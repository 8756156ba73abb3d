/** What applications see: clients, manager, keys, results, listeners, settings that are values. */
@NullMarked
package io.splitio.api;

import org.jspecify.annotations.NullMarked;
