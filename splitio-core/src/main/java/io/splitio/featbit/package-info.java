/**
 * The API in the shape of FeatBit's SDKs, beside Split's, for instances whose flags are FeatBit's.
 */
@NullMarked
package io.splitio.featbit;

import org.jspecify.annotations.NullMarked;
