package io.anabranch.local;

import picocli.CommandLine.IVersionProvider;

/** The version, for picocli. */
public final class Version implements IVersionProvider {
  /** For picocli. */
  public Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {io.anabranch.job.Version.text()};
  }
}
