package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.net.Outcome.Success;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, to the byte. */
class HttpRequestTest extends NetFixture {
  @Test
  void whoSendsItIsFoundOutOnTheThreadThatSendsIt() throws Exception {
    CompletableFuture<String> thread = new CompletableFuture<>();
    try (ScriptedServer server = ScriptedServer.answering(HttpFaultTest.ok("done"))) {
      Request request =
          Request.to(server.uri())
              .sentBy(
                  () -> {
                    thread.complete(Thread.currentThread().getName());
                    return java.util.Map.of("X-Who", "me");
                  });
      assertThat(text(http().get(request))).isEqualTo("done");
      assertThat(server.taken()).contains("X-Who: me\r\n");
      assertThat(thread.getNow("")).startsWith("splitio-http-");
    }
  }

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  @Test
  void aGetIsExactlyTheseBytes() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Http http = http(SETTINGS.withHeaders(Map.of("X-Team", "java")));
      Request request =
          Request.to(URI.create(server.uri() + "/api/"))
              .segment("splitChanges")
              .query("s", "1.3")
              .query("since", "-1")
              .query("sets", "a,b")
              .header("Authorization", "Bearer key")
              .header("Cache-Control", "no-cache");
      end(http.get(request));
      assertThat(server.taken())
          .isEqualTo(
              "GET /api/splitChanges?s=1.3&since=-1&sets=a%2Cb HTTP/1.1\r\n"
                  + "Accept-Encoding: gzip\r\n"
                  + "X-Team: java\r\n"
                  + "Authorization: Bearer key\r\n"
                  + "Cache-Control: no-cache\r\n"
                  + "Host: 127.0.0.1:"
                  + server.port()
                  + "\r\nConnection: Keep-Alive\r\nUser-Agent: okhttp/5.5.1\r\n\r\n");
    }
  }

  @Test
  void aPostCarriesItsDocumentUncompressed() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      byte[] document = "[{\"k\":\"ä\"}]".getBytes(StandardCharsets.UTF_8);
      assertThat(end(http().post(Request.to(server.uri()).segment("bulk").json(document))))
          .isInstanceOf(Success.class);
      assertThat(server.taken())
          .startsWith("POST /bulk HTTP/1.1\r\n")
          .contains("\r\nContent-Type: application/json\r\nContent-Length: 12\r\n")
          .doesNotContain("Content-Encoding", "Transfer-Encoding")
          .endsWith("\r\n\r\n[{\"k\":\"ä\"}]");
    }
  }

  @Test
  void aSegmentIsOneSegmentWhateverItsName() throws Exception {
    Map<String, String> encoded =
        Map.of(
            "vip users/eu", "vip%20users%2Feu",
            "../x?y#z", "..%2Fx%3Fy%23z",
            "a%2Fb", "a%252Fb",
            "..", "%252E%252E",
            "ü+;=", "%C3%BC%2B%3B%3D");
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Http http = http();
      for (Map.Entry<String, String> name : encoded.entrySet()) {
        end(http.get(Request.to(server.uri()).segment("segmentChanges").segment(name.getKey())));
        assertThat(server.taken())
            .startsWith("GET /segmentChanges/" + name.getValue() + " HTTP/1.1\r\n");
      }
    }
  }

  @Test
  void theChannelsOfAStreamAreOneEncodedValue() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      String channels = "ORG1_ENV7_splits,[?occupancy=metrics.publishers]control_pri";
      end(http().get(Request.to(server.uri()).query("channels", channels).query("v", "1.1")));
      assertThat(server.taken())
          .startsWith(
              "GET /?channels=ORG1_ENV7_splits%2C%5B%3Foccupancy%3Dmetrics.publishers%5Dcontrol_pri"
                  + "&v=1.1 HTTP/1.1\r\n");
    }
  }

  @Test
  void theQueryOfTheBaseIsLeftOut() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      end(http().get(Request.to(URI.create(server.uri() + "/api?x=1#y")).segment("a")));
      assertThat(server.taken()).startsWith("GET /api/a HTTP/1.1\r\n");
    }
  }

  @Test
  void theDecoratorReplacesAndAddsHeadersButNoReservedOnes() throws Exception {
    UnaryOperator<Map<String, List<String>>> decorator =
        sent -> {
          assertThat(sent).containsEntry("x-old", List.of("1"));
          return Map.of(
              "X-Old", List.of("2", "3"),
              "Authorization", List.of("Gateway token"),
              "SPLITSDKVersion", List.of("forged"),
              "Host", List.of("evil"));
        };
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Http http = http(SETTINGS.withHeaders(Map.of("X-Old", "1")).withDecorator(decorator));
      end(
          http.get(
              Request.to(server.uri())
                  .header("Authorization", "Bearer key")
                  .header("SplitSDKVersion", "java-1.0.0")));
      assertThat(server.taken())
          .contains("\r\nX-Old: 2\r\nX-Old: 3\r\n", "\r\nAuthorization: Gateway token\r\n")
          .contains("\r\nSplitSDKVersion: java-1.0.0\r\n")
          .doesNotContain("forged", "evil", "Bearer key", "X-Old: 1");
    }
  }

  @Test
  void aDecoratorThatFailsCostsNoRequest() throws Exception {
    List<UnaryOperator<Map<String, List<String>>>> bad =
        List.of(
            sent -> {
              throw new IllegalStateException("secret");
            },
            sent -> {
              throw new StackOverflowError();
            },
            sent -> null,
            sent -> Collections.singletonMap(null, null),
            sent -> Collections.singletonMap("X-A", Arrays.asList((String) null)),
            sent -> Map.of("X-A", List.of("a\r\nX-Injected: 1")),
            sent -> Map.of("X-A\r\nX-Injected", List.of("1")),
            sent -> Map.of("", List.of("1")));
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      for (UnaryOperator<Map<String, List<String>>> decorator : bad) {
        Http http = http(SETTINGS.withDecorator(decorator));
        assertThat(end(http.get(Request.to(server.uri())))).isInstanceOf(Success.class);
        assertThat(server.taken()).doesNotContain("X-Injected", "X-A").contains("User-Agent");
      }
    }
  }

  @Test
  void aHeaderWithALineBreakIsRefusedWithoutRepeatingIt() {
    assertThat(HttpSettings.isReserved("Content-type")).isTrue();
    assertThat(HttpSettings.isReserved("Authorization")).isTrue();
    assertThat(HttpSettings.isReserved("X-Team")).isFalse();
    assertThatThrownBy(() -> SETTINGS.withHeaders(Map.of("X-A", "secret\r\nX-B: 1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'X-A'")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Request.to(URI.create("https://a")).header("Authorization", "k\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHeaderThatTheSdkSetsItselfIsRefused() {
    for (String name :
        List.of(
            "Content-Length", "transfer-encoding", "Host", "Accept-Encoding", "Authorization")) {
      assertThatThrownBy(() -> SETTINGS.withHeaders(Map.of(name, "secret")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The HTTP header '"
                  + name
                  + "' cannot be sent. The SDK sets this header itself. Remove it");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aSettingThatIsNullIsNamed() {
    assertThatThrownBy(() -> SETTINGS.withTimeouts(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeouts");
    assertThatThrownBy(() -> SETTINGS.withDecorator(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("decorator");
    assertThatThrownBy(() -> SETTINGS.withHeaders(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the HTTP headers are null");
    assertThatThrownBy(() -> ProxySettings.of(null, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("host");
  }

  @Test
  void plainHttpLeadsToTheLoopbackOnly() {
    assertThatThrownBy(() -> SETTINGS.checked(URI.create("http://proxy.internal:3000/api")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("splitio.http.allow-insecure")
        .hasMessageContaining("http://proxy.internal");
    assertThatCode(
            () ->
                SETTINGS
                    .withInsecureAllowed()
                    .checked(URI.create("http://proxy.internal:3000/api")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9/x",
        "http://[::1]:80",
        "http://a.localhost",
        "https://sdk.split.io/api"
      })
  void theseAddressesAreFine(String address) {
    assertThat(SETTINGS.checked(URI.create(address))).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a",
        "sdk.split.io",
        "http://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "https://user:hunter2@sdk.split.io",
        "https:///api",
        "http://169.254.169.254"
      })
  void theseAddressesAreRefused(String address) {
    assertThatThrownBy(() -> SETTINGS.checked(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aRequestToARefusedAddressIsNotSent() {
    assertThatThrownBy(() -> http().get(Request.to(URI.create("http://192.0.2.1/"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTextOfARequestOrSettingShowsASecret() throws IOException {
    Request request =
        Request.to(URI.create("https://a/b"))
            .query("accessToken", "canary")
            .header("Authorization", "Bearer canary");
    ProxySettings proxy = ProxySettings.of("p", 1).withBasic("user", "canary");
    HttpSettings settings = SETTINGS.withProxy(proxy).withHeaders(Map.of("X-A", "canary"));
    assertThat(request + " " + settings + " " + proxy).doesNotContain("canary");
  }
}
