package io.splitio.backend.redis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Definitions that cannot be made, whatever the reason. */
class CopiesTest {
  private final Copies<String> copies =
      new Copies<>(name -> "SPLITIO.split." + name, CopiesTest::compiled, 1, new Push());

  private static String compiled(String name, byte[] stored) {
    String text = new String(stored, UTF_8);
    if (text.equals("bad")) {
      throw new NoClassDefFoundError("half a deployment");
    }
    return text;
  }

  @Test
  void anErrorSpoilsOneNameAndNotThoseThatWereAskedForWithItNorTheNextAttempt() {
    List<Copies<String>.Loading> begun = new ArrayList<>();
    CompletableFuture<Copy<String>> bad = copies.load("one", begun::add);
    CompletableFuture<Copy<String>> good = copies.load("other", begun::add);

    begun.get(0).arrived("bad".getBytes(UTF_8));
    begun.get(1).arrived("good".getBytes(UTF_8));

    assertThat(bad).isCompletedExceptionally();
    assertThat(good.join().definition()).isEqualTo("good");
    CompletableFuture<Copy<String>> again = copies.load("one", begun::add);
    assertThat(begun).hasSize(3);
    begun.get(2).arrived("mended".getBytes(UTF_8));
    assertThat(again.join().definition()).isEqualTo("mended");
  }
}
