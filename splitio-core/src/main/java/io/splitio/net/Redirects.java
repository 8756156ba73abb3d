package io.splitio.net;

import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Which redirects are followed: at most three of a GET, to the same scheme, host and port. */
final class Redirects {
  private static final int MOST = 3;

  private final HttpUrl origin;
  private final boolean get;
  private int followed;
  private @Nullable String refusal;

  Redirects(okhttp3.Request request) {
    this.origin = request.url();
    this.get = request.method().equals("GET");
  }

  static boolean is(Response response) {
    return switch (response.code()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** Where to ask instead, or null if the redirect is refused. */
  @Nullable HttpUrl follow(Response response) {
    String location = response.header("Location");
    HttpUrl target = location == null ? null : response.request().url().resolve(location);
    refusal = objection(target);
    return refusal == null ? target : null;
  }

  /** The refusal of the redirect just asked about. */
  Trouble.RefusedRedirect refused(int status) {
    return new Trouble.RefusedRedirect(status, refusal == null ? "" : refusal);
  }

  private @Nullable String objection(@Nullable HttpUrl target) {
    if (!get) {
      return "it is the answer to a POST; only a GET follows one";
    }
    if (target == null) {
      return "it names no usable location";
    }
    if (!sameOrigin(target)) {
      return "it leads to %s://%s:%d; only the same scheme, host and port is followed"
          .formatted(target.scheme(), target.host(), target.port());
    }
    if (!target.username().isEmpty() || !target.password().isEmpty()) {
      return "it names a user";
    }
    return followed++ < MOST ? null : "it is the fourth in a row";
  }

  private boolean sameOrigin(HttpUrl target) {
    return target.scheme().equals(origin.scheme())
        && target.host().equals(origin.host())
        && target.port() == origin.port();
  }
}
