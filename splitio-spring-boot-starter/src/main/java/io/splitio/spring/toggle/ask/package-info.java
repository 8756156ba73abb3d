/** Which flag is asked for a call, for whom, and with which attributes. */
@NullMarked
package io.splitio.spring.toggle.ask;

import org.jspecify.annotations.NullMarked;
