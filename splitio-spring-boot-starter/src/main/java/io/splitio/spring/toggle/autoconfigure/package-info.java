/** Puts the annotations to work in a Spring Boot application, and checks them at start. */
@NullMarked
package io.splitio.spring.toggle.autoconfigure;

import org.jspecify.annotations.NullMarked;
