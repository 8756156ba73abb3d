/** Flags from FeatBit in a Spring Boot application. */
@NullMarked
package io.splitio.spring.featbit;

import org.jspecify.annotations.NullMarked;
