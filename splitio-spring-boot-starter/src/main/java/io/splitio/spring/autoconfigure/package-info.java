/** Beans of the SDK for a Spring Boot application, made from {@code splitio.*} properties. */
@NullMarked
package io.splitio.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
