package io.anabranch.job;

import io.anabranch.job.pipeline.PipelineBytes;
import io.anabranch.job.pipeline.PipelineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
   * @throws PipelineException when it is too long for a pipeline file, or no UTF-8
   * @throws IOException when there is nothing to be read; the message names the place
   */
  static String read(String place) throws IOException, InterruptedException, PipelineException {
    return place.startsWith("http://") || place.startsWith("https://")
        ? byHttp(place)
        : fromFileSystem(place);
  }

  private static String byHttp(String place)
      throws IOException, InterruptedException, PipelineException {
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
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != OK) {
        throw new IOException(
            "pipeline file " + place + ": must be answered by 200, got " + response.statusCode());
      }
      return PipelineBytes.text(place, in);
    }
  }

  private static String fromFileSystem(String place) throws IOException, PipelineException {
    Path path = new Path(place);
    try (InputStream in = path.getFileSystem().open(path)) {
      return PipelineBytes.text(place, in);
    } catch (FileNotFoundException e) {
      throw new IOException("pipeline file " + place + ": does not exist", e);
    }
  }
}
