/** Not for applications: which source of flags the properties name. */
@NullMarked
package io.splitio.spring.source;

import org.jspecify.annotations.NullMarked;
