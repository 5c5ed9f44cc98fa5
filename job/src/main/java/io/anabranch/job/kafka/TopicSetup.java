package io.anabranch.job.kafka;

import io.anabranch.job.output.DeadLetterFormat;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.operators.record.ModelRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sees to the topics of a pipeline before it starts: the input topic must be there, output topics
 * that are missing are created. Topics that exist are left as they are.
 */
public final class TopicSetup {
  private final Broker broker;
  private final int parallelism;

  private TopicSetup(Broker broker, int parallelism) {
    this.broker = broker;
    this.parallelism = parallelism;
  }

  /**
   * Prepares the topics.
   *
   * @param parallelism of the job; as many partitions get the topics that all its subtasks write
   * @return the largest record of each output topic, in bytes
   * @throws StartException when the broker or the input topic is not there, or permission is
   *     missing
   */
  public static Map<String, Integer> prepare(Broker broker, Pipeline pipeline, int parallelism)
      throws StartException, InterruptedException {
    TopicSetup setup = new TopicSetup(broker, Math.max(1, parallelism));
    String input = pipeline.input().topic();
    setup.awaitInput(input);
    int inputLimit = setup.maxRecordBytes(input);
    Map<String, Integer> limits = new TreeMap<>();
    for (Output output : Output.values()) {
      String topic = KafkaOutput.topic(pipeline, output);
      setup.create(setup.describe(output, topic, inputLimit));
      limits.put(topic, setup.maxRecordBytes(topic));
    }
    return limits;
  }

  private void awaitInput(String topic) throws StartException, InterruptedException {
    while (!exists(topic)) {
      if (!broker.pause()) {
        throw new StartException(
            "input topic '"
                + topic
                + "' does not exist at "
                + broker.address()
                + " (looked for "
                + broker.patienceSeconds()
                + "); create it, or name another one under input.topic");
      }
    }
  }

  private boolean exists(String topic) throws StartException, InterruptedException {
    try {
      broker.answer(
          broker.admin().describeTopics(List.of(topic)).allTopicNames(),
          "describe topic '" + topic + "'");
      return true;
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  /** How many partitions an output topic gets when it is created. */
  public static int partitions(Output output, int parallelism) {
    return switch (output) {
      // Read by few and small; in one partition they stay in order.
      case METRICS, EVENTS -> 1;
      case PREDICTIONS, MODELS, DEAD_LETTERS -> parallelism;
    };
  }

  private NewTopic describe(Output output, String topic, int inputLimit) {
    int partitions = partitions(output, parallelism);
    Map<String, String> config =
        switch (output) {
          case MODELS ->
              Map.of(
                  TopicConfig.CLEANUP_POLICY_CONFIG,
                  TopicConfig.CLEANUP_POLICY_COMPACT,
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  Integer.toString(ModelRecord.Block.MOST_BYTES));
          case DEAD_LETTERS ->
              Map.of(
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  Integer.toString(
                      (int)
                          Math.min(Integer.MAX_VALUE, (long) inputLimit + DeadLetterFormat.ROOM)));
          case PREDICTIONS, METRICS, EVENTS -> Map.of();
        };
    return new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config);
  }

  private void create(NewTopic topic) throws StartException, InterruptedException {
    if (exists(topic.name())) {
      return;
    }
    try {
      broker.answer(
          broker.admin().createTopics(List.of(topic)).all(), "create topic '" + topic.name() + "'");
    } catch (TopicExistsException e) {
      return; // somebody was faster
    } catch (ApiException e) {
      throw new StartException(
          "output topic '" + topic.name() + "' could not be created: " + e.getMessage(), e);
    }
    awaitCreation(topic.name());
  }

  private void awaitCreation(String topic) throws StartException, InterruptedException {
    while (!exists(topic)) {
      if (!broker.pause()) {
        throw new StartException("output topic '" + topic + "' was created but does not appear");
      }
    }
  }

  private int maxRecordBytes(String topic) throws StartException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> configs =
        broker.answer(
            broker.admin().describeConfigs(Set.of(resource)).all(),
            "describe the configuration of topic '" + topic + "'");
    return Optional.ofNullable(configs.get(resource))
        .map(config -> config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
        .map(ConfigEntry::value)
        .map(Integer::valueOf)
        .orElse(SinkSettings.DEFAULT_MAX_RECORD_BYTES);
  }
}
