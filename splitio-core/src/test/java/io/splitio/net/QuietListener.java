package io.splitio.net;

/** Hears nothing. */
public class QuietListener implements EventStream.Listener {
  @Override
  public void opened() {}

  @Override
  public void event(EventStream.Event event) {}

  @Override
  public void comment(String text) {}

  @Override
  public void oversized() {}

  @Override
  public void closed(Trouble reason) {}
}
