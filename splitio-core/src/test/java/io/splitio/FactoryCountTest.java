package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Evaluation specification 9.8: what is said about several instances in one process. */
class FactoryCountTest {
  private static final SplitConfig CONFIG = SplitConfig.defaults().withoutShutdownHook();

  private final LogCapture log = LogCapture.warnings();
  private final List<SplitFactory> factories = new ArrayList<>();

  @AfterEach
  void close() {
    factories.forEach(SplitFactory::close);
    log.close();
  }

  private SplitFactory make(Connector connector) {
    SplitFactory factory = SplitFactory.create(connector, CONFIG);
    factories.add(factory);
    return factory;
  }

  @Test
  void instancesWithTheSameKeyAreCounted() {
    make(new StubConnector());
    make(new StubConnector());
    make(new StubConnector());

    assertThat(log.lines())
        .containsExactly(
            "WARN This process already has 1 SplitFactory instance for this SDK key; keep one and"
                + " share it",
            "WARN This process already has 2 SplitFactory instances for this SDK key; keep one and"
                + " share it");
  }

  @Test
  void anInstanceForSomethingElseIsNamed() {
    make(new StubConnector());
    make(new StubConnector().environment("another"));

    assertThat(log.lines())
        .containsExactly(
            "WARN This process already has a SplitFactory for something else than this SDK key;"
                + " check that this is meant, and share each");
  }

  @Test
  void flagsInMemoryHaveNoKey() {
    make(LocalhostConnector.treatments(Map.of()));
    make(LocalhostConnector.treatments(Map.of()));

    assertThat(log.lines()).singleElement().asString().contains("for flags in memory;");
  }

  @Test
  void flagsFromFilesHaveNoKey() {
    make(LocalhostConnector.content("a.yaml", ""));
    make(LocalhostConnector.content("b.yaml", ""));

    assertThat(log.lines()).singleElement().asString().contains("for flags from local files;");
  }

  @Test
  void anInstanceThatEndedDoesNotCount() {
    make(new StubConnector()).destroy();
    make(new StubConnector());

    assertThat(log.lines()).isEmpty();
  }
}
