/** JSON as maps, lists, text, numbers and booleans. */
@NullMarked
package io.splitio.fake.json;

import org.jspecify.annotations.NullMarked;
