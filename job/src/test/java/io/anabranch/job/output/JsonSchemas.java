package io.anabranch.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Checks records against the schemas that the job ships. */
public final class JsonSchemas {
  private JsonSchemas() {}

  /** What is wrong with a record; empty when nothing is. */
  public static List<String> problems(String schema, byte[] json) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(JsonSchemas.class.getResourceAsStream("/schemas/" + schema + ".schema.json"))
        .validate(new String(json, UTF_8), InputFormat.JSON)
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
