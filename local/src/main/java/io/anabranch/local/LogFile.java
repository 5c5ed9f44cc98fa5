package io.anabranch.local;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.core.LoggerContext;
import org.slf4j.event.Level;

/** Where the log goes; {@code anabranch-log4j2.properties} reads the system properties. */
final class LogFile {
  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final String PROPERTY = "anabranch.log";
  private static final String LEVEL = "anabranch.log.level";

  private LogFile() {}

  /**
   * Uses our configuration and no other that some library brings. To be called before the first
   * logger is made.
   */
  static void configure() {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "classpath:anabranch-log4j2.properties");
    }
  }

  /** From now on to this file, and so much when it is said. */
  static void use(Path file, Optional<Level> level) {
    System.setProperty(PROPERTY, file.toString());
    level.ifPresent(given -> System.setProperty(LEVEL, given.name()));
    LoggerContext.getContext(false).reconfigure();
  }

  /** The file in use, as a hint for messages. */
  static String name() {
    String temporary =
        System.getProperty("java.io.tmpdir")
            + "/anabranch-"
            + System.getProperty("user.name")
            + ".log";
    return System.getProperty(PROPERTY, temporary);
  }
}
