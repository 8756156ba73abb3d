/** The roof: the factory that starts an SDK instance, and its settings. */
@NullMarked
package io.splitio;

import org.jspecify.annotations.NullMarked;
