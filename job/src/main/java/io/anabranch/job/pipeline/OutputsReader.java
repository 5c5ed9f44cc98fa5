package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Output;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code output}, {@code control} and {@code delivery}. */
final class OutputsReader {
  private final Section root;
  private final Section output;
  private final String pipeline;
  private final Map<String, String> pathByTopic = new HashMap<>();

  OutputsReader(Section root, String pipeline, String inputTopic) {
    this.root = root;
    this.output = root.section("output");
    this.pipeline = pipeline;
    if (!inputTopic.isEmpty()) {
      pathByTopic.put(inputTopic, "input.topic");
    }
  }

  Map<Output, String> topics() {
    Map<Output, String> topics = new EnumMap<>(Output.class);
    for (Output which : Output.values()) {
      topics.put(which, topic(output, which.text()));
    }
    return topics;
  }

  String control() {
    return topic(root, "control");
  }

  private String topic(Section section, String name) {
    Optional<String> given = section.optionalText(name);
    if (pipeline.isEmpty() && given.isEmpty()) {
      return "";
    }
    String topic = given.orElse(pipeline + "." + name);
    if (given.isEmpty() && topic.length() > ScalarRule.LONGEST_TOPIC) {
      section.problem(
          name, "must be given: its default PIPELINE." + name + " is longer than 249 characters");
    }
    String earlier = pathByTopic.putIfAbsent(topic, section.path(name));
    if (earlier != null) {
      section.problem(
          name, "must differ from " + earlier + ", got '" + section.shown(name, topic) + "'");
    }
    return topic;
  }

  /**
   * A single word stands for what is read by people's programs. Models and events stay
   * at-least-once: they are idempotent by key and version, and must be fresh.
   */
  Map<Output, Delivery> delivery() {
    Optional<YamlNode> node = root.node("delivery");
    Map<Output, Delivery> delivery = new EnumMap<>(Output.class);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
      Section section = root.inner("delivery", PipelineKeys.DELIVERY, mapping);
      for (Output which : Output.values()) {
        delivery.put(which, delivery(section.text(which.text())));
      }
      return delivery;
    }
    for (Output which : Output.values()) {
      delivery.put(which, delivery(PipelineKeys.DELIVERY.child(which.text()).defaultText()));
    }
    boolean failed =
        node.isPresent()
            && node.get() instanceof YamlNode.Scalar scalar
            && scalar.type() == YamlNode.Type.FAILED;
    if (node.isPresent() && !failed) {
      String word = node.get() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
      if (word.equals(Delivery.AT_LEAST_ONCE.text())) {
        delivery.replaceAll((which, standard) -> Delivery.AT_LEAST_ONCE);
      } else if (!word.equals(Delivery.EXACTLY_ONCE.text())) {
        root.problem(
            "delivery",
            "must be exactly-once, at-least-once or a section by output, got "
                + node.get().kind()
                + NearestName.hint(
                    word, List.of(Delivery.EXACTLY_ONCE.text(), Delivery.AT_LEAST_ONCE.text())));
      }
    }
    return delivery;
  }

  private static Delivery delivery(String text) {
    return text.equals(Delivery.EXACTLY_ONCE.text())
        ? Delivery.EXACTLY_ONCE
        : Delivery.AT_LEAST_ONCE;
  }
}
