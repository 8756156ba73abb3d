/**
 * Puts the annotations to work in a Spring Boot application, and checks them at start. Applications
 * need nothing of it but the name of the auto-configuration, to exclude it.
 */
@NullMarked
package io.splitio.spring.toggle.autoconfigure;

import org.jspecify.annotations.NullMarked;
