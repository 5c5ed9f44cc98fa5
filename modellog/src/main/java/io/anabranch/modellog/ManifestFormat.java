package io.anabranch.modellog;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests as JSON. */
final class ManifestFormat {
  static final int LAYOUT = 1;
  private static final String TYPE = "manifest";

  private ManifestFormat() {}

  static byte[] encode(Manifest manifest) {
    return Json.write(
        out -> {
          out.writeNumberField("v", LAYOUT);
          out.writeStringField("type", TYPE);
          out.writeStringField("pipeline", manifest.pipeline());
          out.writeStringField("learner", manifest.learner());
          out.writeStringField("learnerType", manifest.learnerType());
          out.writeNumberField("version", manifest.version());
          out.writeNumberField("checkpoint", manifest.checkpoint());
          out.writeNumberField("examples", manifest.examples());
          out.writeObjectFieldStart("offsets");
          for (Map.Entry<String, Long> offset : manifest.offsets().entrySet()) {
            out.writeNumberField(offset.getKey(), offset.getValue());
          }
          out.writeEndObject();
          out.writeStringField("configHash", manifest.configHash());
          out.writeNumberField("formatVersion", manifest.formatVersion());
          out.writeObjectFieldStart("blocks");
          for (Map.Entry<String, Integer> block : manifest.blocks().entrySet()) {
            out.writeStringField(block.getKey(), "%08x".formatted(block.getValue()));
          }
          out.writeEndObject();
        });
  }

  static Manifest decode(byte[] bytes) {
    Fields fields = new Fields();
    Json.read("a manifest", bytes, fields);
    return fields.manifest();
  }

  private static final class Fields implements Json.FieldReader {
    private long layout;
    private String type = "";
    private String pipeline = "";
    private String learner = "";
    private String learnerType = "";
    private long version;
    private long checkpoint;
    private long examples;
    private final SortedMap<String, Long> offsets = new TreeMap<>();
    private String configHash = "";
    private long formatVersion;
    private final SortedMap<String, Integer> blocks = new TreeMap<>();

    @Override
    public void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "v" -> layout = Json.count(name, in);
        case "type" -> type = Json.text(name, in);
        case "pipeline" -> pipeline = Json.text(name, in);
        case "learner" -> learner = Json.text(name, in);
        case "learnerType" -> learnerType = Json.text(name, in);
        case "version" -> version = Json.count(name, in);
        case "checkpoint" -> checkpoint = Json.count(name, in);
        case "examples" -> examples = Json.count(name, in);
        case "offsets" ->
            Json.object(
                in, (partition, value) -> offsets.put(partition, Json.count("an offset", value)));
        case "configHash" -> configHash = Json.text(name, in);
        case "formatVersion" -> formatVersion = Json.count(name, in);
        case "blocks" -> Json.object(in, (block, value) -> blocks.put(block, checksum(value)));
        default -> in.skipChildren();
      }
    }

    private static int checksum(JsonParser in) throws IOException {
      String text = Json.text("a checksum", in);
      if (!text.matches("[0-9a-f]{8}")) {
        throw new ModelLogException(
            "a checksum must be eight hexadecimal digits, got '" + text + "'");
      }
      return Integer.parseUnsignedInt(text, 16);
    }

    Manifest manifest() {
      if (!type.equals(TYPE) || layout < 1 || layout > LAYOUT) {
        throw new ModelLogException(
            "a manifest must have type '%s' and v between 1 and %d, got '%s' and %d: a newer build wrote it, or it is none"
                .formatted(TYPE, LAYOUT, type, layout));
      }
      if (version == 0) {
        throw new ModelLogException("a manifest must have a version > 0, got none");
      }
      return new Manifest(
          pipeline,
          learner,
          learnerType,
          version,
          checkpoint,
          examples,
          offsets,
          configHash,
          (int) Math.min(formatVersion, Integer.MAX_VALUE),
          blocks);
    }
  }
}
