/**
 * JSON as maps, lists, text, numbers and booleans. Internal, and public for the server's other
 * packages only.
 */
@NullMarked
package io.splitio.fake.json;

import org.jspecify.annotations.NullMarked;
