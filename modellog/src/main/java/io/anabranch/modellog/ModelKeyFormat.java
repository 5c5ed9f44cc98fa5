package io.anabranch.modellog;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Keys of a models topic as JSON. */
final class ModelKeyFormat {
  private ModelKeyFormat() {}

  static byte[] encode(ModelKey key) {
    return Json.write(
        out -> {
          out.writeStringField("pipeline", key.pipeline());
          out.writeStringField("learner", key.learner());
          if (key instanceof ModelKey.Block block) {
            out.writeStringField("block", block.block());
          } else {
            out.writeBooleanField("manifest", true);
          }
          if (key.pin() != ModelKey.LIVE) {
            out.writeNumberField("version", key.pin());
          }
        });
  }

  static ModelKey decode(byte[] bytes) {
    Fields fields = new Fields();
    Json.read("a key of a models topic", bytes, fields);
    try {
      return fields.key();
    } catch (IllegalArgumentException e) {
      throw new ModelLogException("a key of a models topic is incomplete: " + e.getMessage(), e);
    }
  }

  private static final class Fields implements Json.FieldReader {
    private String pipeline = "";
    private String learner = "";
    private String block = "";
    private boolean manifest;
    private long version;

    @Override
    public void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "pipeline" -> pipeline = Json.text(name, in);
        case "learner" -> learner = Json.text(name, in);
        case "block" -> block = Json.text(name, in);
        case "manifest" -> manifest = in.getBooleanValue();
        case "version" -> version = Json.count(name, in);
        default -> in.skipChildren();
      }
    }

    ModelKey key() {
      return manifest
          ? new ModelKey.Manifest(pipeline, learner, version)
          : new ModelKey.Block(pipeline, learner, block, version);
    }
  }
}
