package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master behind TLS, and sentinels with it or without. */
class SentinelTlsTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("CA").build();

  @TempDir private Path files;
  private final int masterPort = RedisProcess.freePort();
  private final int sentinelPort = RedisProcess.freePort();
  private final List<RedisProcess> processes = new ArrayList<>();
  private final TestSdks sdks = new TestSdks();
  private Path authority;

  @BeforeEach
  void startMaster() throws IOException {
    authority = Files.writeString(files.resolve("ca.pem"), AUTHORITY.certificatePem());
    RedisProcess master =
        RedisProcess.server(
            RedisProcess.freePort(),
            tls(masterPort, "127.0.0.1")
                .flatMap(line -> Stream.of("--" + line[0], line[1]))
                .toArray(String[]::new));
    processes.add(master);
    try (RedisCli cli = master.cli()) {
      TestRedis.load(cli, "");
    }
  }

  @AfterEach
  void stop() {
    sdks.close();
    processes.forEach(RedisProcess::close);
  }

  /** Settings of one whose certificate is for this host. */
  private Stream<String[]> tls(int port, String host) throws IOException {
    HeldCertificate mine =
        new HeldCertificate.Builder().signedBy(AUTHORITY).addSubjectAlternativeName(host).build();
    Path chain = Files.writeString(files.resolve(port + ".pem"), mine.certificatePem());
    Path key = Files.writeString(files.resolve(port + ".key"), mine.privateKeyPkcs8Pem());
    return Stream.of(
        new String[] {"tls-port", "" + port},
        new String[] {"tls-cert-file", chain.toString()},
        new String[] {"tls-key-file", key.toString()},
        new String[] {"tls-ca-cert-file", authority.toString()},
        new String[] {"tls-auth-clients", "no"});
  }

  /** One that watches the port of the master that has TLS, and has another itself. */
  private RedisProcess sentinel(String host) throws IOException {
    List<String> lines =
        new ArrayList<>(tls(sentinelPort, host).map(line -> String.join(" ", line)).toList());
    lines.add("tls-replication yes");
    lines.add("sentinel monitor flags 127.0.0.1 " + masterPort + " 1");
    RedisProcess sentinel =
        RedisProcess.sentinel(RedisProcess.freePort(), lines.toArray(String[]::new));
    processes.add(sentinel);
    return sentinel;
  }

  private RedisConnector connector(String sentinel) {
    return RedisConnector.sentinels("flags", List.of(sentinel))
        .callBudget(Duration.ofSeconds(5))
        .tls(RedisTls.platform().trusting(authority));
  }

  private void assertReads(RedisConnector connector) {
    assertThat(sdks.ready(connector).client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
  }

  @Test
  void theMasterIsFoundAndReadWhereAllHaveIt() throws IOException {
    sentinel("127.0.0.1");

    assertReads(connector("127.0.0.1:" + sentinelPort));
  }

  @Test
  void theMasterIsFoundByPlainSentinels() throws IOException {
    RedisProcess plain = sentinel("127.0.0.1");

    assertReads(connector(plain.node()).plainSentinels());
  }

  @Test
  void aSentinelWhoseCertificateIsForAnotherHostIsRefusedAndNamed() throws IOException {
    sentinel("localhost");

    SplitFactory factory = sdks.made(connector("127.0.0.1:" + sentinelPort));

    await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().fatal());
    assertThat(factory.health().problem())
        .contains("Sentinel 127.0.0.1:" + sentinelPort + ": the TLS handshake failed");
    assertReads(connector("localhost:" + sentinelPort));
  }
}
