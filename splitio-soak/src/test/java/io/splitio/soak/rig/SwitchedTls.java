package io.splitio.soak.rig;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import okhttp3.tls.HeldCertificate;

/** A server's end of TLS that shows another certificate from one handshake to the next. */
public final class SwitchedTls {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("soak authority").build();

  private final Keys keys = new Keys();
  private final SSLContext context;

  /** What a server may show. */
  public enum Shown {
    /** A certificate that is good for {@code localhost}. */
    GOOD(signed().addSubjectAlternativeName("localhost").build()),
    /** One for another host. */
    WRONG_HOST(signed().addSubjectAlternativeName("other.example").build()),
    /** One whose time is over. */
    EXPIRED(
        signed()
            .addSubjectAlternativeName("localhost")
            .validityInterval(ago(Duration.ofDays(2)), ago(Duration.ofDays(1)))
            .build()),
    /** One that nobody vouches for. */
    SELF_SIGNED(new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build());

    @SuppressWarnings("ImmutableEnumChecker") // it is, and does not say so
    private final HeldCertificate certificate;

    Shown(HeldCertificate certificate) {
      this.certificate = certificate;
    }

    private static HeldCertificate.Builder signed() {
      return new HeldCertificate.Builder().signedBy(AUTHORITY);
    }

    private static long ago(Duration time) {
      return System.currentTimeMillis() - time.toMillis();
    }
  }

  /** Shows a good certificate. */
  public SwitchedTls() {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a server. */
  public SSLContext context() {
    return context;
  }

  /** What a client has to trust. */
  public static KeyStore trusted() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", AUTHORITY.certificate());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows this from now on, and takes up no session from before. */
  public void show(Shown what) {
    keys.shown = what;
    var sessions = context.getServerSessionContext();
    for (byte[] id : Collections.list(sessions.getIds())) {
      var session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
    sessions.setSessionTimeout((int) TimeUnit.HOURS.toSeconds(1));
  }

  /** Knows the certificate of the moment. */
  private static final class Keys extends X509ExtendedKeyManager {
    private volatile Shown shown = Shown.GOOD;

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return "EC".equals(type) ? shown.name() : null;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return chooseServerAlias(type, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      X509Certificate own = Shown.valueOf(alias).certificate.certificate();
      return Shown.valueOf(alias) == Shown.SELF_SIGNED
          ? new X509Certificate[] {own}
          : new X509Certificate[] {own, AUTHORITY.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return Shown.valueOf(alias).certificate.keyPair().getPrivate();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {shown.name()};
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] type, Principal[] issuers, Socket socket) {
      return null;
    }
  }
}
