/**
 * HTTP/1.1 over plain sockets, so that an answer can go wrong in every way an answer can.
 *
 * <p>For tests to use: {@code Fault}, {@code Reply} and {@code Request}. All other types are
 * internal, and public for the server's other packages only.
 */
@NullMarked
package io.splitio.fake.http;

import org.jspecify.annotations.NullMarked;
