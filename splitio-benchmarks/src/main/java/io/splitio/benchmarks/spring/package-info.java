/** What the Spring Boot starter adds to calls and to an application's start. */
@NullMarked
package io.splitio.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
