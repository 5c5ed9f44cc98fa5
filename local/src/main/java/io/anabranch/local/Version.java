package io.anabranch.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the resources. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "version.txt";

  /** For picocli. */
  public Version() {}

  @Override
  public String[] getVersion() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {"anabranch " + version};
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
