package io.anabranch.local.run;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The completed checkpoints and savepoints of a pipeline, on any of Flink's file systems: {@code
 * JOB/chk-N/_metadata} and {@code savepoint-…/_metadata}. What has no {@code _metadata} was not
 * completed and is never resumed from.
 */
final class Snapshots {
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final String METADATA = "_metadata";
  private static final FileStatus[] NONE = {};

  private final Path root;

  Snapshots(URI root) {
    this.root = new Path(root);
  }

  /** The newest, from which a run resumes. */
  Optional<Snapshot> newest() throws IOException {
    return newestFirst().stream().findFirst();
  }

  /** Deletes all but the newest few, and what was never completed. No run may be under way. */
  void prune(int keep) throws IOException {
    Set<String> kept = new HashSet<>();
    newestFirst().stream().limit(keep).map(Snapshot::owner).forEach(kept::add);
    for (FileStatus entry : list(root)) {
      Path path = entry.getPath();
      if ((isJob(path) || isSavepoint(path)) && !kept.contains(path.toString())) {
        path.getFileSystem().delete(path, true);
      }
    }
  }

  private List<Snapshot> newestFirst() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (FileStatus entry : list(root)) {
      Path path = entry.getPath();
      if (isSavepoint(path)) {
        addIfComplete(path, path, found);
      } else if (isJob(path)) {
        for (FileStatus checkpoint : list(path)) {
          if (checkpoint.getPath().getName().startsWith("chk-")) {
            addIfComplete(checkpoint.getPath(), path, found);
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(Snapshot::time).reversed());
    return found;
  }

  private static void addIfComplete(Path path, Path owner, List<Snapshot> found)
      throws IOException {
    Path metadata = new Path(path, METADATA);
    FileSystem files = metadata.getFileSystem();
    if (files.exists(metadata)) {
      long time = files.getFileStatus(metadata).getModificationTime();
      found.add(new Snapshot(path.toString(), owner.toString(), time));
    }
  }

  private static boolean isJob(Path path) {
    return JOB.matcher(path.getName()).matches();
  }

  private static boolean isSavepoint(Path path) {
    return path.getName().startsWith("savepoint-");
  }

  private static FileStatus[] list(Path directory) throws IOException {
    FileSystem files = directory.getFileSystem();
    if (!files.exists(directory)) {
      return NONE;
    }
    FileStatus[] entries = files.listStatus(directory);
    return entries == null ? NONE : entries;
  }
}
