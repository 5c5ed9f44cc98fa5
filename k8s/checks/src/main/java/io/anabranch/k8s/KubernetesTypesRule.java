package io.anabranch.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Map;

/** All other objects have no field that their kind does not know, and no value of a wrong type. */
final class KubernetesTypesRule implements Rule {
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
          "kafka.strimzi.io/v1beta2 KafkaTopic", KafkaTopic.class);

  private final ObjectMapper strict =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(new NoCatchAll());

  /** These classes would keep what they do not know in a map. */
  private static final class NoCatchAll extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (Manifest manifest : overlay.manifests()) {
      check(manifest, manifest.tree().path("metadata"), ObjectMeta.class, findings);
      String kind = manifest.text("/apiVersion") + " " + manifest.kind();
      Class<?> type = TYPES.get(kind);
      if (type != null) {
        check(manifest, manifest.tree(), type, findings);
      } else if (!manifest.text("/apiVersion").startsWith("flink.apache.org/")) {
        findings.add(this, manifest, "no type is known for " + kind);
      }
    }
  }

  private void check(Manifest manifest, JsonNode tree, Class<?> type, Findings findings) {
    try {
      strict.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      findings.add(
          this, manifest, e.getOriginalMessage().lines().findFirst().orElse("cannot be read"));
    }
  }
}
