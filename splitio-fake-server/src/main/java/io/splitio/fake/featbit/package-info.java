/** FeatBit's evaluation server, for SDKs to be pointed at. */
@NullMarked
package io.splitio.fake.featbit;

import org.jspecify.annotations.NullMarked;
