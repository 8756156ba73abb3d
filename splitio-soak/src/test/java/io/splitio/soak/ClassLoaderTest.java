package io.splitio.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.soak.rig.Backends;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.Undeployed;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** an application that is taken out of a running server takes the SDK with it. */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassLoaderTest {

  @ParameterizedTest
  @CsvSource({"50, true, 0", "4, false, 4"}) // the second shows that one that is held is found
  void anApplicationThatIsTakenOutLeavesNoClassLoader(int applications, boolean ending, int held)
      throws IOException {
    try (Backends backends = Backends.start()) {
      Process process = Undeployed.start(backends, applications, ending);
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(output.lines().filter(line -> line.startsWith("held")))
          .as(output)
          .containsExactly("held: " + held + " of " + applications);
      Report.say("Q-12: %d applications, ended: %s: %d held", applications, ending, held);
    }
  }
}
