/** HTTP/1.1 over plain sockets, so that an answer can go wrong in every way an answer can. */
@NullMarked
package io.splitio.fake.http;

import org.jspecify.annotations.NullMarked;
