package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Trouble.RefusedRedirect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects carry credentials nowhere else. */
class HttpRedirectTest extends NetFixture {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aGetFollowsARedirectToTheSameOrigin(int status) throws Exception {
    try (ScriptedServer server = redirecting(status, "/moved?a=b", "done")) {
      Request request = Request.to(server.uri()).segment("old").header("Authorization", "Bearer k");
      assertThat(text(http().get(request))).isEqualTo("done");
      assertThat(server.taken()).startsWith("GET /old HTTP/1.1\r\n");
      assertThat(server.taken())
          .startsWith("GET /moved?a=b HTTP/1.1\r\n")
          .contains("Authorization: Bearer k");
    }
  }

  @Test
  void threeRedirectsAreFollowedAndNoMore() throws IOException {
    for (int length : new int[] {3, 4}) {
      try (ScriptedServer server =
          ScriptedServer.plain(
              peer -> {
                for (int i = 1; i <= length; i++) {
                  peer.request();
                  peer.send(redirect(302, "/" + i));
                }
                peer.request();
                peer.ok("end".getBytes(StandardCharsets.UTF_8));
              })) {
        if (length == 3) {
          assertThat(text(http().get(Request.to(server.uri())))).isEqualTo("end");
        } else {
          assertThat(trouble(http().get(Request.to(server.uri()))))
              .isInstanceOf(RefusedRedirect.class);
          assertThat(server.requests).hasSize(4);
        }
      }
    }
  }

  @Test
  void aRedirectToAnotherPortSendsNothingThere() throws IOException {
    try (ScriptedServer other = ScriptedServer.answering(HttpFaultTest.ok("stolen"));
        ScriptedServer server = redirecting(302, "http://127.0.0.1:" + other.port() + "/x", "")) {
      Trouble trouble = trouble(http().get(Request.to(server.uri())));
      assertThat(trouble)
          .isEqualTo(
              new RefusedRedirect(
                  302,
                  "it leads to http://127.0.0.1:"
                      + other.port()
                      + "; only the same scheme, host and port is followed"));
      assertThat(other.connections()).isZero();
      assertThat(trouble.lasting()).isTrue();
    }
  }

  @Test
  void aRedirectToAnotherHostOrSchemeOrUserIsRefused() throws IOException {
    for (String form :
        new String[] {
          "http://localhost:%d/",
          "https://127.0.0.1:%d/",
          "//localhost:%d/",
          "http://me:pw@127.0.0.1:%d/",
          "http://[::1]:%d/",
          "ftp://127.0.0.1:%d/",
          "http://",
          "http://127.0.0.1.nip.io:%d/"
        }) {
      try (ScriptedServer server =
          ScriptedServer.plain(
              peer -> {
                peer.request();
                peer.send(redirect(302, form.formatted(peer.socket.getLocalPort())));
                peer.request();
              })) {
        Trouble trouble = trouble(http().get(Request.to(server.uri())));
        assertThat(trouble).as(form).isInstanceOf(RefusedRedirect.class);
        assertThat(trouble.toString()).doesNotContain("pw");
        assertThat(server.requests).as(form).hasSize(1);
      }
    }
  }

  @Test
  void aRedirectWithoutALocationIsRefused() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(trouble(http().get(Request.to(server.uri()))))
          .isEqualTo(new RefusedRedirect(302, "it names no usable location"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aPostFollowsNoRedirect(int status) throws IOException {
    try (ScriptedServer server = redirecting(status, "/moved", "ok")) {
      Request post = Request.to(server.uri()).json("[1]".getBytes(StandardCharsets.UTF_8));
      assertThat(trouble(http().post(post)))
          .isEqualTo(
              new RefusedRedirect(status, "it is the answer to a POST; only a GET follows one"));
      assertThat(server.requests).hasSize(1);
    }
  }

  private static ScriptedServer redirecting(int status, String location, String then) {
    return ScriptedServer.plain(
        peer -> {
          peer.request();
          peer.send(redirect(status, location));
          peer.request();
          peer.ok(then.getBytes(StandardCharsets.UTF_8));
        });
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 "
        + status
        + " Found\r\nLocation: "
        + location
        + "\r\nContent-Length: 0\r\n\r\n";
  }
}
