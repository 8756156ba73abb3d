/** This SDK beside the official FeatBit client for Node.js. */
@NullMarked
package io.splitio.featbit.node;

import org.jspecify.annotations.NullMarked;
