package io.splitio.codec;

import static io.splitio.codec.Documents.flagJson;
import static io.splitio.codec.Documents.quoted;
import static io.splitio.codec.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.flag.FeatureFlag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Both layouts of evaluation specification 1.1. */
class ChangeDocumentTest {
  private static final String FLAG = flagJson("");
  private static final String SEGMENT = "{'name':'r','status':'ACTIVE','conditions':[]}";

  @Test
  void theNewerLayoutHasTwoSectionsWithTheirVersions() {
    Changes changes =
        read("{'ff':{'d':[" + FLAG + "],'s':10,'t':20},'rbs':{'d':[" + SEGMENT + "],'s':3,'t':4}}");

    assertThat(changes.flags().active()).extracting(FeatureFlag::name).containsExactly("f");
    assertThat(changes.flags().since()).isEqualTo(10);
    assertThat(changes.flags().till()).isEqualTo(20);
    assertThat(changes.ruleBasedSegments().active()).hasSize(1);
    assertThat(changes.ruleBasedSegments().since()).isEqualTo(3);
    assertThat(changes.ruleBasedSegments().till()).isEqualTo(4);
  }

  @Test
  void theOlderLayoutHasFlagsOnly() {
    Changes changes = read("{'till':20,'splits':[" + FLAG + "],'since':10}");

    assertThat(changes.flags().active()).hasSize(1);
    assertThat(changes.flags().since()).isEqualTo(10);
    assertThat(changes.flags().till()).isEqualTo(20);
    assertThat(changes.ruleBasedSegments()).isEqualTo(nothing(Changes.UNSAID));
  }

  @Test
  void theOlderLayoutWinsWhenBothArePresent() {
    Changes changes =
        read(
            "{'ff':{'d':["
                + FLAG
                + "],'s':1,'t':2},'splits':[],'since':5,'till':6,'rbs':{'d':["
                + SEGMENT
                + "],'s':1,'t':2}}");

    assertThat(changes.flags().active()).isEmpty();
    assertThat(changes.flags().till()).isEqualTo(6);
    assertThat(changes.ruleBasedSegments().active()).isEmpty();
  }

  @Test
  void definitionsThatAreNullOrAbsentAreNone() {
    assertThat(read("{'ff':{'d':null,'s':-1,'t':7},'rbs':{'t':8}}").flags().active()).isEmpty();
    assertThat(read("{'ff':{'t':7},'rbs':{'t':8}}").ruleBasedSegments().till()).isEqualTo(8);
  }

  @Test
  void aSectionThatIsAbsentOrNullIsEmptyAndOfNoVersion() {
    Changes changes = read("{'ff':null}");

    assertThat(changes.flags()).isEqualTo(nothing(Changes.UNSAID));
    assertThat(changes.ruleBasedSegments()).isEqualTo(nothing(Changes.UNSAID));
  }

  private static <T> Changes.Section<T> nothing(long version) {
    return new Changes.Section<>(version, version, List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void versionsAreReadLeniently() {
    assertThat(read("{'ff':{'s':'12','t':42.0}}").flags().since()).isEqualTo(12);
    assertThat(read("{'ff':{'s':'12','t':42.0}}").flags().till()).isEqualTo(42);
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    Changes changes =
        read(
            "{'new':{'deep':[1,{'x':[]}]},'ff':{'more':[[]],'d':["
                + flagJson("'owner':{'name':'eve'},'tags':[1,2]")
                + "],'s':1,'t':2}}");

    assertThat(changes.flags().active()).extracting(FeatureFlag::name).containsExactly("f");
  }

  @Test
  void definitionsKeepTheirOrderSoThatTheLastOfANameCanWin() {
    Changes changes =
        read("{'ff':{'d':[" + flagJson("'seed':1") + "," + flagJson("'killed':true") + "]}}");

    assertThat(changes.flags().active())
        .extracting(FeatureFlag::killed)
        .containsExactly(false, true);
  }

  @Test
  void aBadDefinitionSpoilsNothingElse() {
    Changes changes =
        read(
            "{'ff':{'d':["
                + flagJson("'name':'bad','configurations':{'on':{'a':[1]}}")
                + ","
                + FLAG
                + ",null,7,[1],"
                + flagJson("'name':null")
                + ","
                + flagJson("'name':'late'")
                + "],'s':1,'t':2}}");

    assertThat(changes.flags().active()).extracting(FeatureFlag::name).containsExactly("f", "late");
    assertThat(changes.flags().rejected())
        .containsExactly(
            new Changes.Trouble("bad", "configurations.on is an object; it must be a text", 1),
            new Changes.Trouble(null, "a definition is null", 1),
            new Changes.Trouble(null, "a definition is a number; it must be an object", 1),
            new Changes.Trouble(null, "a definition is an array; it must be an object", 1),
            new Changes.Trouble(null, "a definition has no name", 1));
  }

  @Test
  void aProblemIsReportedUnderANameThatComesAfterIt() {
    Changes changes = read("{'ff':{'d':[{'seed':{},'status':'ACTIVE','name':'late'}]}}");

    assertThat(changes.flags().rejected())
        .containsExactly(
            new Changes.Trouble("late", "seed is an object; it must be a whole number", 1));
  }

  @Test
  void bytesStreamsAndTextAreTheSame() throws IOException {
    String document = quoted("{'ff':{'d':[" + flagJson("'name':'ñandú'") + "],'t':2}}");
    ChangesReader reader = new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(bytes) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThat(reader.read(bytes)).isEqualTo(reader.read(document));
    assertThat(reader.read(stream)).isEqualTo(reader.read(document));
    assertThat(closed).isTrue();
    assertThat(reader.read(document).flags().active().get(0).name()).isEqualTo("ñandú");
  }

  @Test
  void aByteOrderMarkIsAccepted() throws IOException {
    String document = "\uFEFF" + quoted("{'ff':{'d':[" + FLAG + "],'t':2}}");
    ChangesReader reader = new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

    assertThat(reader.read(document).flags().active()).hasSize(1);
    assertThat(reader.read(document.getBytes(StandardCharsets.UTF_8)).flags().active()).hasSize(1);
  }

  @Test
  void equalShortTextsShareTheirMemory() {
    String rule =
        "'conditions':[{'label':'in segment vip','matcherGroup':{'combiner':'AND','matchers':"
            + "[{'matcherType':'ALL_KEYS'}]},'partitions':[{'treatment':'blue','size':100}]}]";
    Changes changes =
        read(
            "{'ff':{'d':["
                + flagJson("'name':'a'," + rule)
                + ","
                + flagJson("'name':'b'," + rule)
                + "]}}");
    FeatureFlag a = changes.flags().active().get(0);
    FeatureFlag b = changes.flags().active().get(1);

    assertThat(a.conditions().get(0).label()).isSameAs(b.conditions().get(0).label());
    assertThat(a.defaultTreatment()).isSameAs(b.defaultTreatment());
  }
}
