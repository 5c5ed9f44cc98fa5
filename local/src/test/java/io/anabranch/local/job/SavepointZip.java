package io.anabranch.local.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A savepoint as one small file: state is mostly zeros. */
final class SavepointZip {
  private static final String FIRST = "0.1.0-a.zip";

  private SavepointZip() {}

  static Path pack(Path savepoint, Path zip) throws IOException {
    Files.createDirectories(zip.getParent());
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(file);
        Stream<Path> files = Files.list(savepoint)) {
      for (Path each : files.sorted().toList()) {
        packed.putNextEntry(new ZipEntry(each.getFileName().toString()));
        Files.copy(each, packed);
      }
    }
    return zip;
  }

  static Path unpack(InputStream zip, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (ZipInputStream packed = new ZipInputStream(zip)) {
      for (ZipEntry each = packed.getNextEntry(); each != null; each = packed.getNextEntry()) {
        Path name = Path.of(each.getName()).getFileName();
        Files.copy(packed, directory.resolve(name));
      }
    }
    return directory;
  }

  /** The savepoints that are kept, oldest first: one for each format that was ever in use. */
  static List<String> kept() {
    return List.of(FIRST, "0.1.0-b.zip");
  }

  /** Whether it has the state of an ensemble, of a split learner and of drift detectors. */
  static boolean hasLater(String name) {
    return !name.equals(FIRST);
  }
}
