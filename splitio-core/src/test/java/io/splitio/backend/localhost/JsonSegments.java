package io.splitio.backend.localhost;

/** Documents whose flags ask about segments. */
final class JsonSegments {
  private JsonSegments() {}

  /** A document with the flag {@code f}, which is on for the members of a segment. */
  static String flagAskingFor(String segment) {
    return "{\"splits\":[{\"name\":\"f\",\"conditions\":[{\"conditionType\":\"WHITELIST\","
        + "\"matcherGroup\":{\"combiner\":\"AND\",\"matchers\":[{\"matcherType\":\"IN_SEGMENT\","
        + "\"userDefinedSegmentMatcherData\":{\"segmentName\":\""
        + segment
        + "\"}}]},\"partitions\":[{\"treatment\":\"on\",\"size\":100}]}]}],\"since\":-1,"
        + "\"till\":-1}";
  }
}
