/** The soak's door into the package of the factory. */
@org.jspecify.annotations.NullMarked
package io.splitio;
