/** The pure core: evaluates one key against one snapshot of definitions. */
@NullMarked
package io.splitio.engine;

import org.jspecify.annotations.NullMarked;
