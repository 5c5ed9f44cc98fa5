package io.anabranch.job.kafka;

import io.anabranch.job.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Shuts the producers of earlier attempts out. */
final class TransactionFence {
  private TransactionFence() {}

  /**
   * The producer of a subtask. Those of earlier attempts can't write any more: its own, and, since
   * an earlier attempt may have had more subtasks, each whose index leaves this one when divided by
   * the parallelism.
   *
   * @throws KafkaException when the broker does not answer or does not permit it
   */
  static Producer<byte[], byte[]> raise(
      Properties configuration, String idPrefix, int subtask, int subtasks) {
    fenceRemoved(configuration, idPrefix, subtask + subtasks, subtasks);
    Properties properties = new Properties();
    properties.putAll(configuration);
    properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id(idPrefix, subtask));
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close();
      throw e;
    }
    return producer;
  }

  private static String id(String prefix, int subtask) {
    return prefix + "-" + subtask;
  }

  private static void fenceRemoved(Properties configuration, String prefix, int from, int step) {
    List<String> ids = new ArrayList<>();
    for (int index = from; index < Topology.MAX_PARALLELISM; index += step) {
      ids.add(id(prefix, index));
    }
    if (ids.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(configuration)) {
      DescribeTransactionsResult known = admin.describeTransactions(ids);
      ids.removeIf(id -> !isKnown(known, id));
      if (!ids.isEmpty()) {
        admin.fenceProducers(ids).all().get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("producers of earlier attempts could not be fenced: " + ids, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while fencing producers of earlier attempts", e);
    }
  }

  private static boolean isKnown(DescribeTransactionsResult transactions, String id) {
    try {
      transactions.description(id).get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionalIdNotFoundException) {
        return false;
      }
      throw new KafkaException("transactional id " + id + " can't be described", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while describing transactional id " + id, e);
    }
  }
}
