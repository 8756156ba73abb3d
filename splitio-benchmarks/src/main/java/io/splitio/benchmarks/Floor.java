package io.splitio.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Downloads what an SDK downloads, looks at every token, and keeps nothing. */
final class Floor implements CloudSdk {
  private static final int AT_ONCE = 10;

  private final JsonFactory json = new JsonFactory();
  private final OkHttpClient http = new OkHttpClient();
  private final String url;

  private Floor(String url) {
    this.url = url;
  }

  static CloudSdk ready(String url) throws Exception {
    Floor floor = new Floor(url);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Integer>> segments = new ArrayList<>();
      for (String name : floor.segmentNames("/api/splitChanges?s=1.3&since=-1&rbSince=-1")) {
        segments.add(
            threads.submit(() -> floor.tokens("/api/segmentChanges/" + name + "?since=-1")));
      }
      for (Future<Integer> segment : segments) {
        segment.get();
      }
    } finally {
      threads.shutdown();
    }
    return floor;
  }

  private Set<String> segmentNames(String path) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (Response response = get(path);
        JsonParser tokens = json.createParser(response.body().byteStream())) {
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "segmentName".equals(tokens.currentName())) {
          names.add(tokens.getText());
        }
      }
    }
    return names;
  }

  private int tokens(String path) throws IOException {
    int count = 0;
    try (Response response = get(path);
        JsonParser tokens = json.createParser(response.body().byteStream())) {
      while (tokens.nextToken() != null) {
        count++;
      }
    }
    return count;
  }

  private Response get(String path) throws IOException {
    Request request =
        new Request.Builder()
            .url(url + path)
            .header("Authorization", "Bearer benchmark-key")
            .build();
    return http.newCall(request).execute();
  }

  @Override
  public String treatment(String key, String flag) {
    throw new UnsupportedOperationException("it keeps no flags");
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
