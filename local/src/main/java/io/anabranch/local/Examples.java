package io.anabranch.local;

import io.anabranch.local.run.RunFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the folder {@code examples} of the tree that this program was built in. */
final class Examples {
  private static final String FOLDER = "examples";

  private Examples() {}

  static Path directory() throws RunFailure {
    for (Path place = code(); place != null; place = place.getParent()) {
      if (Files.isDirectory(place.resolve(FOLDER))) {
        Path directory = place.resolve(FOLDER);
        return relativeWhereShorter(directory);
      }
    }
    throw RunFailure.invalid("the folder " + FOLDER + " is not where this program was built");
  }

  private static @Nullable Path code() throws RunFailure {
    try {
      URI code = Examples.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(code).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw RunFailure.invalid("the place of this program is no path", e);
    }
  }

  private static Path relativeWhereShorter(Path directory) {
    Path here = Path.of("").toAbsolutePath();
    return directory.startsWith(here) ? here.relativize(directory) : directory;
  }
}
