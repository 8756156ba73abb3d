package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.toggle.elsewhere.InheritingTill;
import io.splitio.spring.toggle.elsewhere.PackagePrivateTill;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that were compiled otherwise, or are loaded otherwise, than a proxy likes. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledElsewhereTest {

  static class InAnotherPackage extends PackagePrivateTill {}

  @Test
  void aPackagePrivateMethodInheritedFromAnotherPackageStopsTheStart() {
    BrokenShop.of(InAnotherPackage.class)
        .saysWhy("InAnotherPackage.pay() (bean 'inAnotherPackage')", "is package-private");
  }

  @Test
  void aPackagePrivateMethodInheritedWithinThePackageIsDecided() {
    Shop.open(
        shop -> assertThat(InheritingTill.pay(shop.bean(InheritingTill.class))).isEqualTo("old"),
        InheritingTill.class);
  }

  @Test
  void aPackagePrivateMethodInheritedFromAnotherClassLoaderStopsTheStart() throws Exception {
    Second loader = new Second();
    Class<?> elsewhere = loader.define(InheritingTill.class);

    assertThat(elsewhere).isNotEqualTo(InheritingTill.class);
    BrokenShop.of(elsewhere)
        .loadedBy(loader)
        .saysWhy("InheritingTill.pay()", "another class loader");
  }

  /** Makes one class anew; all others are the usual ones. */
  private static final class Second extends ClassLoader {
    Second() {
      super(ToggledElsewhereTest.class.getClassLoader());
    }

    Class<?> define(Class<?> original) throws IOException {
      String file = "/" + original.getName().replace('.', '/') + ".class";
      try (InputStream bytes = original.getResourceAsStream(file)) {
        byte[] all = bytes.readAllBytes();
        return defineClass(original.getName(), all, 0, all.length);
      }
    }
  }

  @Test
  void withoutParameterNamesTheStartSaysHowToCompileThemIn(@TempDir Path classes) throws Exception {
    try (URLClassLoader loader = compiled(classes, "#user")) {
      BrokenShop.of(loader.loadClass("shop.Unnamed"))
          .loadedBy(loader)
          .saysWhy(
              "uses #user at position 0, which is not a parameter",
              "compile with -parameters, or use #p0");
    }
  }

  @Test
  void withoutParameterNamesPositionsWork(@TempDir Path classes) throws Exception {
    try (URLClassLoader loader = compiled(classes, "#p0")) {
      Shop.with(loader.loadClass("shop.Unnamed"))
          .withClassLoader(loader)
          .run(context -> assertThat(context).hasNotFailed().hasBean("unnamed"));
    }
  }

  private static URLClassLoader compiled(Path classes, String key) throws IOException {
    String source =
        """
        package shop;
        public class Unnamed {
          @io.splitio.spring.toggle.FeatureToggle(flag = "off", key = "%s", fallbackMethod = "old")
          public String pay(String user) { return "new for " + user; }
          public String old(String user) { return "old for " + user; }
        }
        """
            .formatted(key);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    boolean done =
        compiler.getTask(null, null, null, options, null, List.of(new Source(source))).call();
    assertThat(done).isTrue();
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, ToggledElsewhereTest.class.getClassLoader());
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///shop/Unnamed.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
