package io.anabranch.local.broker;

import java.nio.file.Path;
import java.util.Properties;

/** The properties of a single broker that is its own controller, small enough for a laptop. */
final class BrokerSettings {
  /** The largest record that the broker takes, bytes. */
  static final int MAX_RECORD_BYTES = 16 << 20;

  private static final String NODE = "1";

  private BrokerSettings() {}

  static Properties of(Path data, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", NODE);
    p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    p.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("log.dirs", data.toString());
    singleNode(p);
    small(p);
    p.put("message.max.bytes", Integer.toString(MAX_RECORD_BYTES));
    p.put("replica.fetch.max.bytes", Integer.toString(MAX_RECORD_BYTES));
    // Records carry event time, which may be years ago or ahead: age must never delete or refuse
    // them.
    p.put("log.retention.ms", "-1");
    p.put("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
    p.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    // A killed run must not keep read-committed readers waiting for long.
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("auto.create.topics.enable", "false");
    return p;
  }

  private static void singleNode(Properties p) {
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "4");
  }

  private static void small(Properties p) {
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)); // 128 MB by default
    p.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    p.put("log.index.size.max.bytes", Integer.toString(1 << 20));
  }
}
