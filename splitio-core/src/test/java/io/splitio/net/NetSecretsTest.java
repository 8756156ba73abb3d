package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.splitio.net.Outcome.Failure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A secret goes to the peer it is for, and shows up nowhere else, whatever goes wrong. */
class NetSecretsTest extends NetFixture {
  private static final String CANARY = "canary-7f3a";

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("splitio");
  private final Level rootLevel = root.getLevel();
  private final Level ourLevel = ours.getLevel();

  @BeforeEach
  void listen() {
    root.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(logged);
    root.setLevel(rootLevel);
    ours.setLevel(ourLevel);
  }

  @Test
  void noTroubleNamesASecret() throws Exception {
    List<String> shown = new ArrayList<>();
    for (String answer :
        new String[] {
          "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/?accessToken=" + CANARY + "\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90\r\n\r\nshort",
          "garbage " + CANARY + "\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
          ""
        }) {
      try (ScriptedServer server =
          ScriptedServer.plain(
              peer -> {
                peer.request();
                peer.send(answer);
              })) {
        shown.addAll(troubles(server.uri(), SETTINGS));
      }
    }
    shown.addAll(troubles(URI.create("https://nowhere.invalid"), SETTINGS));
    try (ScriptedServer proxy =
        ScriptedServer.answering("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n")) {
      ProxySettings through = ProxySettings.of("127.0.0.1", proxy.port()).withBasic("user", CANARY);
      shown.addAll(troubles(URI.create("https://127.0.0.1:1"), SETTINGS.withProxy(through)));
    }
    assertThat(shown).hasSize(16).noneMatch(text -> text.contains(CANARY));
    assertThat(logged.list).isNotEmpty();
    assertThat(logged.list).noneMatch(event -> text(event).contains(CANARY));
    assertThat(threads).noneMatch(thread -> thread.getName().contains(CANARY));
  }

  private List<String> troubles(URI address, HttpSettings settings) throws Exception {
    Http http =
        http(
            settings
                .withHeaders(Map.of("X-Secret", CANARY))
                .withDecorator(
                    sent -> {
                      throw new IllegalStateException(CANARY);
                    }));
    Request request =
        Request.to(address)
            .query("accessToken", CANARY)
            .header("Authorization", "Bearer " + CANARY);
    List<String> shown = new ArrayList<>();
    shown.add(((Failure<?>) end(http.get(request))).trouble().toString());
    EventStreamTest.Heard heard = new EventStreamTest.Heard();
    heard.failing = false;
    http.stream(request, heard);
    heard.awaitEnd();
    shown.add(heard.end.toString());
    return shown;
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + event.getThreadName()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
