package io.anabranch.k8s;

import java.util.List;

/** Something that must hold of every overlay. */
interface Rule {

  void check(Overlay overlay, Findings findings);

  /** All rules. */
  static List<Rule> all(Surroundings surroundings) {
    return List.of(
        new FlinkSchemaRule(),
        new KubernetesTypesRule(),
        new FlinkOptionsRule(surroundings.jvmArguments()),
        new ImageRule(),
        new JarRule(surroundings.dockerfile()),
        new StateRule(),
        new ScalingRule(),
        new MemoryRule(),
        new PodRule(),
        new MetricsRule(),
        new ReferencesRule(),
        new PipelineRule(),
        new TopicRule());
  }

  static Findings check(Overlay overlay, List<Rule> rules) {
    Findings findings = new Findings();
    rules.forEach(rule -> rule.check(overlay, findings));
    return findings;
  }
}
