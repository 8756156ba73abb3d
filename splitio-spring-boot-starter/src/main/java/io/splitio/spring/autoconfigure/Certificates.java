package io.splitio.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The certificates that properties name, for the starter's own connectors. */
public final class Certificates {
  private Certificates() {}

  /** The bundle of a name; one that does not exist or cannot be read ends the start. */
  public static SslBundle of(String property, String name, ObjectProvider<SslBundles> bundles) {
    SslBundles all = bundles.getIfAvailable();
    try {
      if (all == null) {
        throw new NoSuchSslBundleException(name, "there are no bundles");
      }
      SslBundle bundle = all.getBundle(name);
      bundle.getManagers().getTrustManagers(); // reads the files
      return bundle;
    } catch (NoSuchSslBundleException unknown) {
      throw SplitioStartException.invalid(property, '"' + name + '"', expected(all));
    } catch (IllegalStateException | IllegalArgumentException unusable) {
      throw SplitioStartException.invalid(
          property, '"' + name + '"', "The bundle cannot be used: " + unusable.getMessage());
    }
  }

  private static String expected(@Nullable SslBundles all) {
    return "It must be the name of a bundle below spring.ssl.bundle; there "
        + (all == null || all.getBundleNames().isEmpty()
            ? "are none."
            : "are: " + String.join(", ", all.getBundleNames()) + ".");
  }
}
