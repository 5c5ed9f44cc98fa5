package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;

/** Topics have settings that Kafka knows, and stay writable while one broker is away. */
final class TopicRule implements Rule {
  private final Set<String> known = new TreeSet<>();

  TopicRule() {
    for (Field field : TopicConfig.class.getFields()) {
      if (field.getName().endsWith("_CONFIG")) {
        try {
          known.add(String.valueOf(field.get(null)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(field + " is public and cannot be read", e);
        }
      }
    }
  }

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (Manifest topic : overlay.of("KafkaTopic").toList()) {
      JsonNode config = topic.tree().at("/spec/config");
      config
          .fieldNames()
          .forEachRemaining(
              key -> {
                if (!known.contains(key)) {
                  findings.add(this, topic, key + " is no setting of a topic");
                }
              });
      int replicas = topic.tree().at("/spec/replicas").asInt();
      int inSync = config.path(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).asInt(1);
      if (replicas < 1 || (inSync >= replicas && replicas > 1)) {
        findings.add(
            this,
            topic,
            "replicas must be said, and be more than the "
                + inSync
                + " that have to be in sync, got "
                + replicas);
      }
    }
  }
}
