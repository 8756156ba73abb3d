package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Short ways to write documents, in single quotes, and to read them. */
final class Documents {
  private Documents() {}

  static Changes read(String document) {
    return read(document, Sanitizing.NONE);
  }

  static Changes read(String document, Sanitizing sanitizing) {
    try {
      return new ChangesReader(DateUnit.MILLISECONDS, sanitizing).read(quoted(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The section of one flag, as a service delivers it; the given fields replace the usual ones. */
  static Changes.Section<FeatureFlag> flagSection(String fields) {
    return read("{'ff':{'d':[" + flagJson(fields) + "],'s':1,'t':2}}").flags();
  }

  static String flagJson(String fields) {
    return "{'name':'f','status':'ACTIVE','defaultTreatment':'off','conditions':[]"
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  static FeatureFlag flag(String fields) {
    return flagSection(fields).active().get(0);
  }

  /** Why a flag with the given fields is not accepted. */
  static String rejection(String fields) {
    return flagSection(fields).rejected().get(0).reason();
  }

  /** A flag whose only rule has the given matchers. */
  static String matchers(String matchers) {
    return "'conditions':[{'conditionType':'ROLLOUT','label':'rule','matcherGroup':"
        + "{'combiner':'AND','matchers':["
        + matchers
        + "]},'partitions':[{'treatment':'on','size':100}]}]";
  }

  /** The compiled form of one matcher, given its fields. */
  static Criterion criterion(String fields) {
    return flag(matchers("{" + fields + "}")).conditions().get(0).criteria().get(0);
  }

  static Changes.Section<RuleBasedSegment> segmentSection(String fields) {
    return read("{'rbs':{'d':[{'name':'r','status':'ACTIVE','conditions':[]"
            + (fields.isEmpty() ? "" : "," + fields)
            + "}],'s':1,'t':2}}")
        .ruleBasedSegments();
  }

  static String quoted(String document) {
    return document.replace('\'', '"');
  }
}
