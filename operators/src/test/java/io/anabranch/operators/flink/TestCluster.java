package io.anabranch.operators.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** Clusters in the process of a test, which all tests of a class share. */
public final class TestCluster {
  private TestCluster() {}

  /** A cluster. */
  public static MiniClusterExtension of(int taskManagers, int slotsOfEach) {
    return of(taskManagers, slotsOfEach, new Configuration());
  }

  /** A cluster whose metrics are reported. */
  public static MiniClusterExtension of(
      int taskManagers, int slotsOfEach, InMemoryReporter metrics) {
    return of(taskManagers, slotsOfEach, metrics.addToConfiguration(new Configuration()));
  }

  private static MiniClusterExtension of(
      int taskManagers, int slotsOfEach, Configuration configuration) {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumberTaskManagers(taskManagers)
            .setNumberSlotsPerTaskManager(slotsOfEach)
            .build());
  }
}
