/** An application that uses the starter as users do; its checks run with and without AOT. */
@NullMarked
package io.splitio.spring.app;

import org.jspecify.annotations.NullMarked;
