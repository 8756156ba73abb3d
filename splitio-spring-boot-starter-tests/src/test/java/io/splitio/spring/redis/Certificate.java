package io.splitio.spring.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the host {@code localhost} that speaks for itself, in the forms of all who want
 * it.
 *
 * @param store with the key, in the form PKCS#12
 * @param pem the certificate alone
 * @param key its key
 */
record Certificate(Path store, Path pem, Path key) {
  static final String PASSWORD = "changeit";

  static Certificate made(Path directory) throws Exception {
    Path store = directory.resolve("localhost.p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (tool
                        + " -genkeypair -alias it -keyalg EC -dname CN=localhost -ext"
                        + " san=dns:localhost -storetype PKCS12 -storepass "
                        + PASSWORD
                        + " -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("keytool made no certificate");
    }
    return of(store, directory);
  }

  private static Certificate of(Path store, Path directory)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(
        store,
        written(directory, "CERTIFICATE", keys.getCertificate("it").getEncoded()),
        written(directory, "PRIVATE KEY", keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path written(Path directory, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        directory.resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  /** A bundle of Spring Boot that knows it and is it. */
  String[] bundle(String name) {
    String prefix = "spring.ssl.bundle.jks." + name + ".";
    return new String[] {
      prefix + "keystore.location=" + store.toUri(),
      prefix + "keystore.password=" + PASSWORD,
      prefix + "truststore.location=" + store.toUri(),
      prefix + "truststore.password=" + PASSWORD
    };
  }
}
