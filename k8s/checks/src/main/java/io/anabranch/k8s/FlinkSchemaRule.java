package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The operator's objects are as its own schema has them. The API server drops fields that a schema
 * does not know, silently; here they are errors.
 */
final class FlinkSchemaRule implements Rule {
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "FlinkDeployment", "flinkdeployments",
          "FlinkSessionJob", "flinksessionjobs",
          "FlinkStateSnapshot", "flinkstatesnapshots");

  private final Map<String, JsonSchema> schemas = new HashMap<>();

  FlinkSchemaRule() {
    SCHEMAS.forEach((kind, plural) -> schemas.put(kind, read(plural)));
  }

  private static JsonSchema read(String plural) {
    String resource = "/META-INF/fabric8/" + plural + ".flink.apache.org-v1.yml";
    try (InputStream in = FlinkSchemaRule.class.getResourceAsStream(resource)) {
      JsonNode schema =
          Overlay.YAML.readTree(in).at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
      ObjectNode properties = (ObjectNode) schema.path("properties");
      properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
      properties.putObject("kind").put("type", "string");
      properties.putObject("metadata").put("type", "object");
      close(schema);
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /** Forbids what is not listed, wherever something is. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject() && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove("type");
      }
    }
    schema.forEach(FlinkSchemaRule::close);
  }

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (Manifest manifest : overlay.manifests()) {
      JsonSchema schema = schemas.get(manifest.kind());
      if (schema != null) {
        schema
            .validate(manifest.tree())
            .forEach(message -> findings.add(this, manifest, message.getMessage()));
      }
    }
  }
}
