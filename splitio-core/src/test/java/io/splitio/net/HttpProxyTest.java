package io.splitio.net;

import static io.splitio.net.Certificates.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.net.Trouble.Kind;
import io.splitio.testing.LogCapture;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Proxies, and what they and nobody else get to see. */
class HttpProxyTest extends NetFixture {
  private static final String BASIC = "Proxy-Authorization: Basic dXNlcjpww6Rzcw==\r\n";
  private static final String REFUSAL =
      "HTTP/1.1 407 Refused\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";

  @Test
  void aTunnelIsAskedForWithBasicCredentialsThatTheTargetNeverSees() throws Exception {
    try (ScriptedServer target = secure();
        ScriptedServer proxy = tunnel(target)) {
      Http http = http(trusting().withProxy(at(proxy).withBasic("user", "päss")));
      assertThat(text(http.get(Request.to(target.uri())))).isEqualTo("x");
      assertThat(proxy.taken())
          .startsWith("CONNECT 127.0.0.1:" + target.port() + " HTTP/1.1\r\n")
          .contains(BASIC)
          .doesNotContain("Bearer key");
      assertThat(target.taken()).startsWith("GET / ").doesNotContain("Proxy-");
    }
  }

  @Test
  void aBearerTokenIsAskedForEachTime() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer target = secure();
        ScriptedServer proxy = tunnel(target)) {
      ProxySettings settings = at(proxy).withBearer(() -> "token-" + asked.incrementAndGet());
      assertThat(text(http(trusting().withProxy(settings)).get(Request.to(target.uri()))))
          .isEqualTo("x");
      assertThat(text(http(trusting().withProxy(settings)).get(Request.to(target.uri()))))
          .isEqualTo("x");
      assertThat(proxy.taken()).contains("Proxy-Authorization: Bearer token-1\r\n");
      assertThat(proxy.taken()).contains("Proxy-Authorization: Bearer token-2\r\n");
    }
  }

  @Test
  void aPlainRequestIsGivenToTheProxyWithItsCredentials() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.answering(HttpFaultTest.ok("cached"))) {
      Http http = http(SETTINGS.withProxy(at(proxy).withBasic("user", "päss")));
      assertThat(text(http.get(Request.to(URI.create("http://127.0.0.1:1/a")))))
          .isEqualTo("cached");
      assertThat(proxy.taken()).startsWith("GET http://127.0.0.1:1/a HTTP/1.1\r\n").contains(BASIC);
    }
  }

  @Test
  void refusedCredentialsAreNamedAndNotOfferedAgain() throws IOException {
    for (String scheme : new String[] {"http", "https"}) {
      try (ScriptedServer proxy = ScriptedServer.answering(REFUSAL)) {
        Http http = http(SETTINGS.withProxy(at(proxy).withBasic("user", "wrong")));
        Trouble trouble = trouble(http.get(Request.to(URI.create(scheme + "://127.0.0.1:1/"))));
        assertThat(trouble.toString())
            .endsWith("the proxy 127.0.0.1:" + proxy.port() + " answered 407");
        assertThat(((Trouble.Transport) trouble).kind()).isEqualTo(Kind.PROXY);
        assertThat(trouble.lasting()).isTrue();
        assertThat(proxy.requests).hasSize(1);
      }
    }
  }

  @Test
  void aProxyThatAsksForCredentialsWeLackIsNamed() throws IOException {
    try (ScriptedServer proxy = ScriptedServer.answering(REFUSAL)) {
      Http http = http(SETTINGS.withProxy(at(proxy)));
      assertThat(kind(http.get(Request.to(URI.create("https://127.0.0.1:1/")))))
          .isEqualTo(Kind.PROXY);
    }
  }

  @Test
  void aSupplierOfTokensThatFailsEndsNoRequestWithAnException() throws IOException {
    try (ScriptedServer proxy = ScriptedServer.answering(REFUSAL)) {
      ProxySettings settings =
          at(proxy)
              .withBearer(
                  () -> {
                    throw new IllegalStateException("canary");
                  });
      assertThat(
              kind(
                  http(SETTINGS.withProxy(settings))
                      .get(Request.to(URI.create("https://a.test/")))))
          .isEqualTo(Kind.PROXY);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aSupplierWithoutATokenIsToldOnceAndNothingIsSent() throws Exception {
    try (LogCapture log = LogCapture.warnings();
        ScriptedServer proxy = ScriptedServer.answering(HttpFaultTest.ok("x"))) {
      Http http = http(SETTINGS.withProxy(at(proxy).withBearer(() -> null)));
      for (int i = 0; i < 2; i++) {
        assertThat(text(http.get(Request.to(URI.create("http://127.0.0.1:1/"))))).isEqualTo("x");
        assertThat(proxy.taken()).doesNotContain("Proxy-Authorization");
      }
      assertThat(log.lines())
          .containsExactly(
              "WARN The supplier of tokens for the proxy http://127.0.0.1:%d answers null; no token is sent"
                  .formatted(proxy.port()));
    }
  }

  @Test
  void aProxyThatCannotConnectIsNoConnection() throws IOException {
    try (ScriptedServer proxy =
        ScriptedServer.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")) {
      Http http = http(SETTINGS.withProxy(at(proxy)));
      assertThat(kind(http.get(Request.to(URI.create("https://127.0.0.1:1/")))))
          .isEqualTo(Kind.CONNECT);
    }
  }

  @Test
  void aSecureProxyAsksForOurCertificateAndProvesItsOwn() throws Exception {
    HeldCertificate shown = signed().addSubjectAlternativeName("127.0.0.1").build();
    try (ScriptedServer target = secure();
        ScriptedServer proxy =
            ScriptedServer.tls(Certificates.demanding(shown), tunnelScript(target))) {
      TlsSettings tls =
          trusting().tls().identifiedBy(Certificates.key(signed().build()), Certificates.PASSWORD);
      ProxySettings through = at(proxy).withTls(tls);
      assertThat(text(http(trusting().withProxy(through)).get(Request.to(target.uri()))))
          .isEqualTo("x");
      Trouble refusal =
          trouble(
              http(SETTINGS.withProxy(at(proxy).withTls(TlsSettings.platform())))
                  .get(Request.to(target.uri())));
      assertThat(refusal.toString())
          .startsWith("TLS refused")
          .endsWith(" (through the proxy 127.0.0.1:" + proxy.port() + ")");
    }
  }

  @Test
  void aSecureProxyForAnotherHostIsRefused() throws Exception {
    HeldCertificate other = signed().addSubjectAlternativeName("proxy.test").build();
    try (ScriptedServer target = secure();
        ScriptedServer proxy =
            ScriptedServer.tls(Certificates.server(other), tunnelScript(target))) {
      ProxySettings through = at(proxy).withTls(trusting().tls());
      assertThat(kind(http(trusting().withProxy(through)).get(Request.to(target.uri()))))
          .isEqualTo(Kind.TLS);
      assertThat(proxy.requests).isEmpty();
    }
  }

  @Test
  void theEnvironmentNamesProxiesAndExceptions() {
    ProxyEnvironment environment =
        new ProxyEnvironment(
            Map.of(
                "HTTPS_PROXY", "http://user:p%40ss@secure.proxy:3128",
                "http_proxy", "plain.proxy:8080",
                "NO_PROXY", "internal.test, .corp.test ,10.0.0.1,split.test:444"));
    assertThat(towards(environment, "https://sdk.split.io")).isEqualTo("http://secure.proxy:3128");
    assertThat(towards(environment, "http://sdk.split.io")).isEqualTo("http://plain.proxy:8080");
    assertThat(towards(environment, "https://split.test")).isEqualTo("http://secure.proxy:3128");
    for (String direct :
        new String[] {
          "https://internal.test",
          "https://a.internal.test",
          "https://x.corp.test",
          "https://10.0.0.1",
          "https://split.test:444",
          "http://127.0.0.1:3000",
          "http://localhost"
        }) {
      assertThat(towards(environment, direct)).as(direct).isEqualTo("null");
    }
    ProxySettings secure = environment.towards(HttpUrl.get("https://sdk.split.io"));
    assertThat(secure.credentials().get()).isEqualTo("Basic dXNlcjpwQHNz");
  }

  @Test
  void theProxyForHttpServesHttpsTooWhereItIsAlone() {
    ProxyEnvironment one = new ProxyEnvironment(Map.of("HTTP_PROXY", "http://p:1"));
    assertThat(towards(one, "https://sdk.split.io")).isEqualTo("http://p:1");
    ProxyEnvironment everything =
        new ProxyEnvironment(Map.of("HTTP_PROXY", "http://p:1", "no_proxy", "*"));
    assertThat(towards(everything, "https://sdk.split.io")).isEqualTo("null");
  }

  @Test
  void aVariableThatIsNoAddressIsIgnored() {
    for (String bad : new String[] {"socks5://p:1", "http://", "::", "http://p:99999", " "}) {
      ProxyEnvironment environment = new ProxyEnvironment(Map.of("HTTPS_PROXY", bad));
      assertThat(towards(environment, "https://sdk.split.io")).as(bad).isEqualTo("null");
    }
  }

  @Test
  void theEnvironmentCountsUnlessItIsSwitchedOff() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.answering(HttpFaultTest.ok("by proxy"))) {
      Map<String, String> variables = Map.of("HTTP_PROXY", proxy.uri().toString());
      HttpSettings settings = HttpSettings.defaults().withInsecureAllowed();
      Request request = Request.to(URI.create("http://nowhere.invalid/a"));
      try (Http on = new Http(settings, factory, variables, 10);
          Http off = new Http(settings.withoutEnvironmentProxy(), factory, variables, 10)) {
        assertThat(text(on.get(request))).isEqualTo("by proxy");
        assertThat(kind(off.get(request))).isEqualTo(Kind.CONNECT);
      }
    }
  }

  @Test
  void aProxyWithoutHostOrPortIsRefusedByName() {
    assertThatThrownBy(() -> ProxySettings.of("", 1))
        .hasMessageContaining("splitio.http.proxy.host");
    assertThatThrownBy(() -> ProxySettings.of("p", 70_000))
        .hasMessageContaining("splitio.http.proxy.port");
    assertThatThrownBy(() -> ProxySettings.of("p", 1).withBasic("a:b", "c"))
        .hasMessageContaining("splitio.http.proxy.username");
  }

  @Test
  void aProxyHostIsAHostAlone() {
    for (String host : List.of("http://proxy", "proxy:3128", "my proxy", "proxy/")) {
      assertThatThrownBy(() -> ProxySettings.of(host, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "splitio.http.proxy.host is '"
                  + host
                  + "'; it must be a host name or an IP address alone, without http:// and without"
                  + " the port");
    }
    assertThatThrownBy(() -> ProxySettings.of("http://user:secret@proxy", 1))
        .hasMessageContaining("contains a user or password")
        .hasMessageNotContaining("secret");
    for (String host : List.of("proxy", "10.0.0.1", "::1", "[fe80::1%eth0]", "::ffff:10.0.0.1")) {
      assertThat(ProxySettings.of(host, 1).host()).isEqualTo(host);
    }
  }

  private static String towards(ProxyEnvironment environment, String url) {
    return String.valueOf(environment.towards(HttpUrl.get(url)));
  }

  private static ProxySettings at(ScriptedServer proxy) {
    return ProxySettings.of("127.0.0.1", proxy.port());
  }

  private static ScriptedServer tunnel(ScriptedServer target) {
    return ScriptedServer.plain(tunnelScript(target));
  }

  private static ScriptedServer.Script tunnelScript(ScriptedServer target) {
    return peer -> {
      peer.request();
      peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
      peer.relay(target.port());
    };
  }

  private static ScriptedServer secure() throws Exception {
    HeldCertificate certificate = signed().addSubjectAlternativeName("127.0.0.1").build();
    return ScriptedServer.tls(
        Certificates.server(certificate),
        peer -> {
          while (peer.request() != null) {
            peer.send(HttpFaultTest.ok("x"));
          }
        });
  }

  private static HttpSettings trusting() throws Exception {
    return SETTINGS.withTls(
        TlsSettings.platform().trusting(Certificates.trust(Certificates.AUTHORITY)));
  }
}
