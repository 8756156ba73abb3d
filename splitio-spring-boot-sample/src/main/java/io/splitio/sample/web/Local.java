package io.splitio.sample.web;

/** Redirects that cannot lead out of the shop. */
final class Local {
  private Local() {}

  /** Back to a page of the shop, or to the catalogue when the address is not one. */
  static String redirect(String path) {
    boolean ours = path.startsWith("/") && !path.startsWith("//") && !path.contains("\\");
    return "redirect:" + (ours ? path : "/");
  }
}
