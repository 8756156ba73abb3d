package io.splitio.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.EventStream.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.junit.jupiter.api.Test;

/** The bytes of a stream and the events they mean. */
class SseParserTest {
  @Test
  void anEventOfTheProtocolIsReadAsItIs() {
    assertThat(
            parse("id: occ:0:0\nevent: message\ndata: {\"id\":\"occ:0:0\",\"name\":\"x: y\"}\n\n"))
        .containsExactly("message|{\"id\":\"occ:0:0\",\"name\":\"x: y\"}|occ:0:0");
  }

  @Test
  void dataOnSeveralLinesIsJoined() {
    assertThat(parse("data: a\ndata\ndata:  b\n\n")).containsExactly("message|a\n\n b|");
  }

  @Test
  void linesEndInAnyOfThreeWays() {
    assertThat(parse("data: a\r\rdata: b\r\n\r\ndata: c\n\n"))
        .containsExactly("message|a|", "message|b|", "message|c|");
  }

  @Test
  void aByteOrderMarkIsSkippedAtTheBeginningOnly() {
    assertThat(parse("\uFEFFdata: \uFEFFa\n\n\uFEFFdata: b\n\n"))
        .containsExactly("message|\uFEFFa|");
  }

  @Test
  void commentsAreHeard() {
    assertThat(parse(":keepalive\n\n:\n: a\r\n")).containsExactly("//keepalive", "//", "// a");
  }

  @Test
  void anEventWithoutDataIsNoneUnlessItMarksAPlace() {
    assertThat(parse("event: error\n\nevent: a\nid: 1\n\nid: 2\n\n\n\nretry: 5\n\n"))
        .containsExactly("message|null|2");
  }

  @Test
  void theLastIdStaysAndAnIdWithANulIsIgnored() {
    assertThat(parse("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n"))
        .containsExactly("message|a|1", "message|b|1", "message|c|");
  }

  @Test
  void anUnfinishedEventIsDiscarded() {
    assertThat(parse("data: a\n\ndata: b\n")).containsExactly("message|a|");
    assertThat(parse("data: a\n\ndata: b")).containsExactly("message|a|");
  }

  @Test
  void fieldNamesAreExactAndOthersIgnored() {
    assertThat(parse("Data: x\ndata : x\n data: x\ndatax: x\nclientId: 1\ndata:ok\n\n"))
        .containsExactly("message|ok|");
  }

  @Test
  void anOverlongLineSkipsItsEventAndNoOther() {
    String longLine = "data: " + "x".repeat(1 << 20) + "\n";
    assertThat(parse("data: a\n\nid: 7\n" + longLine + "data: tail\n\ndata: b\n\n"))
        .containsExactly("message|a|", "oversized", "message|b|7");
  }

  @Test
  void aLineOfExactlyTheLimitIsRead() {
    String data = "x".repeat((1 << 20) - 5);
    assertThat(parse("data:" + data + "\n\n")).containsExactly("message|" + data + "|");
    assertThat(parse("data:" + data + "x\n\n")).containsExactly("oversized");
  }

  @Test
  void anEventOverTheLimitIsSkipped() {
    String line = "data:" + "x".repeat(1 << 19) + "\n";
    assertThat(parse(line.repeat(7) + "\n")).hasSize(1).doesNotContain("oversized");
    assertThat(parse(line.repeat(8) + "\ndata: b\n\n")).containsExactly("oversized", "message|b|");
  }

  @Test
  void anEndlessLineIsNotKept() {
    Heard heard = new Heard();
    SseParser parser = new SseParser(heard);
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 'x');
    for (int i = 0; i < 3_000; i++) { // three gigabytes in a heap of one
      parser.feed(chunk, chunk.length);
    }
    parser.feed("\n\n".getBytes(UTF_8), 2);
    assertThat(heard.all).containsExactly("oversized");
  }

  @Property
  void anyChunkingMeansTheSameAsTheWhole(@ForAll("streams") byte[] stream, @ForAll long seed) {
    assertThat(chunked(stream, new Random(seed))).isEqualTo(whole(stream));
  }

  @Property(tries = 500)
  void singleBytesMeanTheSameAsTheWhole(@ForAll("streams") byte[] stream) {
    Heard heard = new Heard();
    SseParser parser = new SseParser(heard);
    for (byte one : stream) {
      parser.feed(new byte[] {one}, 1);
    }
    assertThat(heard.all).isEqualTo(whole(stream));
  }

  @Property
  void randomBytesNeverThrow(@ForAll byte[] bytes, @ForAll long seed) {
    assertThat(chunked(bytes, new Random(seed))).isEqualTo(whole(bytes));
  }

  /**
   * OkHttp's reader hears no comments and no marks, and forgets the id of an event without data.
   */
  @Property(tries = 2_000)
  void itAgreesWithOkHttpAboutEventsWithData(@ForAll("plainStreams") byte[] stream) {
    List<String> ours =
        whole(stream).stream()
            .filter(heard -> !heard.startsWith("//") && !heard.contains("|null|"))
            .toList();
    assertThat(ours).isEqualTo(readByOkHttp(stream));
  }

  @Provide
  Arbitrary<byte[]> streams() {
    return pieces(
        "data: a",
        "data:ü€😀",
        "data",
        "event: x",
        "event",
        "id: 1",
        "id",
        "id: \0",
        "retry: 5",
        ":",
        ":keepalive",
        "\uFEFF",
        "data: \uFEFF",
        "nonsense",
        "\r",
        "\n",
        "\r\n",
        "\n\n",
        "\r\n\r\n",
        "\r\r");
  }

  @Provide
  Arbitrary<byte[]> plainStreams() {
    return pieces(
        "data: a\n",
        "data:ü€😀\r\n",
        "data\n",
        "event: x\n",
        "event: y\n",
        "id: 1\ndata: b\n",
        "id: 2\r\ndata: c\r\n",
        "retry: 5\n",
        ":keepalive\n",
        "nonsense\n",
        "\n",
        "\n",
        "\r\n",
        "\n\n");
  }

  private static Arbitrary<byte[]> pieces(String... pieces) {
    return Arbitraries.of(pieces)
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts).getBytes(UTF_8));
  }

  private static List<String> parse(String stream) {
    return whole(stream.getBytes(UTF_8));
  }

  private static List<String> whole(byte[] stream) {
    Heard heard = new Heard();
    new SseParser(heard).feed(stream, stream.length);
    return heard.all;
  }

  private static List<String> chunked(byte[] stream, Random random) {
    Heard heard = new Heard();
    SseParser parser = new SseParser(heard);
    int at = 0;
    while (at < stream.length) {
      int count = Math.min(stream.length - at, random.nextInt(6));
      byte[] chunk = new byte[count + 3]; // a longer buffer, as a reader's would be
      System.arraycopy(stream, at, chunk, 0, count);
      parser.feed(chunk, count);
      at += count;
    }
    return heard.all;
  }

  private static List<String> readByOkHttp(byte[] stream) {
    List<String> heard = new ArrayList<>();
    Response response =
        new Response.Builder()
            .request(new Request.Builder().url("http://localhost/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("OK")
            .body(ResponseBody.create(stream, MediaType.get("text/event-stream")))
            .build();
    EventSources.processResponse(
        response,
        new EventSourceListener() {
          @Override
          public void onEvent(EventSource source, String id, String type, String data) {
            heard.add(
                (type == null ? "message" : type) + "|" + data + "|" + (id == null ? "" : id));
          }
        });
    return heard;
  }

  /** Writes down what it hears. */
  private static final class Heard implements SseParser.Sink {
    private final List<String> all = new ArrayList<>();

    @Override
    public void event(Event event) {
      all.add(event.type() + "|" + event.data() + "|" + event.id());
    }

    @Override
    public void comment(String text) {
      all.add("//" + text);
    }

    @Override
    public void oversized() {
      all.add("oversized");
    }
  }
}
