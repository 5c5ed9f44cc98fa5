package io.anabranch.cluster.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.jspecify.annotations.Nullable;

/** Follows who leads, as a client of the cluster does, and asks that one by HTTP. */
final class RestLeader implements LeaderRetrievalListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ClientHighAvailabilityServices services;
  private final LeaderRetrievalService retrieval;
  private volatile Optional<URI> address = Optional.empty();

  RestLeader(Path conf) throws Exception {
    services =
        HighAvailabilityServicesUtils.createClientHAService(
            GlobalConfiguration.loadConfiguration(conf.toString()), failure -> {});
    retrieval = services.getClusterRestEndpointLeaderRetriever();
    retrieval.start(this);
  }

  /** Where the leader answers; empty while there is none. */
  Optional<URI> address() {
    return address;
  }

  /** The answer to a GET; empty when there is none, whatever the reason. */
  Optional<JsonNode> get(String path) {
    Optional<URI> base = address;
    if (base.isEmpty()) {
      return Optional.empty();
    }
    HttpRequest request =
        HttpRequest.newBuilder(base.get().resolve(path)).timeout(PATIENCE).GET().build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == OK
          ? Optional.of(json.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // dead, paused, or not leading any more: asked again soon
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void notifyLeaderAddress(@Nullable String leader, @Nullable UUID session) {
    address = Optional.ofNullable(leader).map(URI::create);
  }

  @Override
  public void handleError(Exception exception) {
    // The services reconnect by themselves.
  }

  @Override
  public void close() throws Exception {
    retrieval.stop();
    services.close();
  }
}
