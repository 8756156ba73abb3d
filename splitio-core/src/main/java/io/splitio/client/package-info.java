/** Answers the application. */
@NullMarked
package io.splitio.client;

import org.jspecify.annotations.NullMarked;
