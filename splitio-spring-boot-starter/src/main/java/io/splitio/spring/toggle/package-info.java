/** Methods and classes whose behaviour a feature flag decides. */
@NullMarked
package io.splitio.spring.toggle;

import org.jspecify.annotations.NullMarked;
