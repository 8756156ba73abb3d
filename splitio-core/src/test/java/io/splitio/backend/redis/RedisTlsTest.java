package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind TLS, which wants to know who calls (reliability 3.6). */
class RedisTlsTest {
  private static final HeldCertificate AUTHORITY = authority();

  @TempDir private Path files;
  private final int tlsPort = RedisProcess.freePort();
  private final TestSdks sdks = new TestSdks();
  private RedisProcess redis;
  private Path authority;
  private Path client;
  private Path clientKey;

  @BeforeEach
  void write() throws IOException {
    authority = written("ca.pem", AUTHORITY.certificatePem());
    HeldCertificate me = issued().commonName("app").build();
    client = written("client.pem", me.certificatePem());
    clientKey = written("client.key", me.privateKeyPkcs8Pem());
  }

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  private static HeldCertificate authority() {
    return new HeldCertificate.Builder().certificateAuthority(0).commonName("CA").build();
  }

  private static HeldCertificate.Builder issued() {
    return new HeldCertificate.Builder().signedBy(AUTHORITY);
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(files.resolve(name), text);
  }

  /** Redis with this certificate; the plain port is for the test. */
  private void start(HeldCertificate server) throws IOException {
    redis =
        RedisProcess.server(
            RedisProcess.freePort(),
            "--tls-port",
            "" + tlsPort,
            "--tls-cert-file",
            written("server.pem", server.certificatePem()).toString(),
            "--tls-key-file",
            written("server.key", server.privateKeyPkcs8Pem()).toString(),
            "--tls-ca-cert-file",
            authority.toString());
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
  }

  private static HeldCertificate forLocalhost() {
    return issued().addSubjectAlternativeName("localhost").build();
  }

  private RedisConnector connector(String host) {
    return RedisConnector.host(host, tlsPort).callBudget(Duration.ofSeconds(5));
  }

  private RedisTls mutual() {
    return RedisTls.platform().trusting(authority).identifiedBy(client, clientKey);
  }

  private String refused(RedisConnector connector) {
    SplitFactory factory = sdks.made(connector);
    await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().fatal());
    SdkHealth health = factory.health();
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("control");
    return health.problem();
  }

  @Test
  void whoIsTrustedAndTrustsIsAnswered() throws IOException {
    start(forLocalhost());

    assertThat(
            sdks.ready(connector("localhost").tls(mutual()))
                .client()
                .getTreatment("alice", "checkout_v2"))
        .isEqualTo("on");
    assertThat((String) redis.say("CLIENT LIST")).contains("name=splitio");
  }

  @Test
  void aCertificateForAnotherHostIsRefusedUnlessHostsAreNotCompared() throws IOException {
    start(forLocalhost());

    assertThat(refused(connector("127.0.0.1").tls(mutual()))).contains("TLS", "127.0.0.1");
    assertThat(
            sdks.ready(connector("127.0.0.1").tls(mutual().withoutHostNameCheck()))
                .client()
                .getTreatment("alice", "checkout_v2"))
        .isEqualTo("on");
  }

  @Test
  void aCertificateOfNobodyKnownIsRefusedUnlessNothingIsChecked() throws IOException {
    start(forLocalhost());
    RedisTls trustsOthers = RedisTls.platform().identifiedBy(client, clientKey);

    assertThat(refused(connector("localhost").tls(trustsOthers))).contains("TLS", "certif");
    assertThat(
            sdks.ready(connector("localhost").tls(trustsOthers.withoutVerification()))
                .client()
                .getTreatment("alice", "checkout_v2"))
        .isEqualTo("on");
  }

  @Test
  void aCertificateThatIsOverIsRefused() throws IOException {
    long now = System.currentTimeMillis();
    start(
        issued()
            .addSubjectAlternativeName("localhost")
            .validityInterval(now - TimeUnit.DAYS.toMillis(2), now - TimeUnit.DAYS.toMillis(1))
            .build());

    assertThat(refused(connector("localhost").tls(mutual()))).contains("TLS");
  }

  @Test
  void whoDoesNotSayWhoHeIsIsNotAnswered() throws IOException {
    start(forLocalhost());

    SplitFactory factory =
        sdks.made(connector("localhost").tls(RedisTls.platform().trusting(authority)));

    await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().problem() != null);
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("control");
  }

  @Test
  void filesThatCannotBeUsedAreRefusedAtOnce() throws IOException {
    redis = RedisProcess.server(RedisProcess.freePort());

    assertThatThrownBy(() -> RedisTls.platform().trusting(files.resolve("none.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pem");
    assertThatThrownBy(() -> RedisTls.platform().trusting(client, "x".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("client.pem");
  }

  @Test
  void whatIsInPemFilesMustBeWhatIsWantedOfThem() throws IOException {
    redis = RedisProcess.server(RedisProcess.freePort());
    Path garbage = written("garbage.pem", "-----BEGIN CERTIFICATE-----\nno\n");
    Path sealed = written("sealed.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n");
    RedisTls tls = RedisTls.platform();

    assertThatThrownBy(() -> tls.trusting(garbage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("garbage.pem cannot be used", "PEM");
    assertThatThrownBy(() -> tls.trusting(clientKey)).hasMessageContaining("client.key cannot be");
    assertThatThrownBy(() -> tls.identifiedBy(client, authority))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "client.pem and", "ca.pem cannot be used", "private key", ". Certificates", "PKCS#8");
    assertThatThrownBy(() -> tls.identifiedBy(clientKey, clientKey))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tls.identifiedBy(client, sealed, "x".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPemFileMayHaveMoreInItThanWhatIsWantedOfIt() throws IOException {
    start(forLocalhost());
    Path both =
        written(
            "both.pem", "Subject: app\n" + Files.readString(clientKey) + Files.readString(client));

    RedisTls tls = RedisTls.platform().trusting(authority).identifiedBy(both, both);

    assertThat(sdks.ready(connector("localhost").tls(tls)).health().problem()).isNull();
  }
}
