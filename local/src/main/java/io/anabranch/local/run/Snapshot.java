package io.anabranch.local.run;

/**
 * A completed checkpoint or savepoint.
 *
 * @param path the directory that holds its {@code _metadata}
 * @param owner the directory to delete when it is no longer wanted
 * @param time when it was completed, epoch ms
 */
record Snapshot(String path, String owner, long time) {}
