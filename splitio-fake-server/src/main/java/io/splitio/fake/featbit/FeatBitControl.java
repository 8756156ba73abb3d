package io.splitio.fake.featbit;

import io.splitio.fake.http.Handler;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;

/**
 * Obeys a test in another process: {@code POST /control} with a command of {@link FeatBitConsole}
 * as its body. No fault concerns it, no secret is asked for, and it is not among the requests that
 * are kept.
 */
final class FeatBitControl implements Handler {
  private final FeatBitConsole console;
  private final Handler service;

  FeatBitControl(FeatBitConsole console, Handler service) {
    this.console = console;
    this.service = service;
  }

  static boolean isMeantBy(Request request) {
    return request.method().equals("POST") && request.path().equals("/control");
  }

  @Override
  public Reply handle(Request request) {
    if (!isMeantBy(request)) {
      return service.handle(request);
    }
    String answer = console.answer(request.body().text());
    return Reply.json(answer.startsWith(FeatBitConsole.PROBLEM) ? 400 : 200, answer);
  }
}
