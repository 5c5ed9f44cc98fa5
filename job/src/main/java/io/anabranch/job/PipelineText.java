package io.anabranch.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.core.fs.Path;

/**
 * Fetches the text of a pipeline file: from a path or {@code file:} URI, by HTTP, or from whatever
 * file system Flink has a plugin for ({@code s3:}, {@code hdfs:}).
 */
final class PipelineText {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  private PipelineText() {}

  /**
   * The text, read as UTF-8.
   *
   * @throws IOException when there is nothing to be read; the message names the place
   */
  static String read(String place) throws IOException, InterruptedException {
    return place.startsWith("http://") || place.startsWith("https://")
        ? byHttp(place)
        : fromFileSystem(place);
  }

  private static String byHttp(String place) throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(new URI(place)).timeout(PATIENCE).GET().build();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("pipeline file " + place + ": not a URI: " + e.getMessage(), e);
    }
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != OK) {
      throw new IOException(
          "pipeline file " + place + ": must be answered by 200, got " + response.statusCode());
    }
    return response.body();
  }

  private static String fromFileSystem(String place) throws IOException {
    Path path = new Path(place);
    try (InputStream in = path.getFileSystem().open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw new IOException("pipeline file " + place + ": does not exist", e);
    }
  }
}
