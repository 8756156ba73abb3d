/** JSON, read and written from front to back: the only place that knows the JSON library. */
@NullMarked
package io.splitio.json;

import org.jspecify.annotations.NullMarked;
