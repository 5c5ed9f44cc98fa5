package io.anabranch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole job against a pass-through job (Kafka, decode, write to Kafka), in one run on one
 * broker at parallelism 2. The broker and every run of a job have processes of their own: in one
 * process the two jobs would take turns at undoing what the compiler learned from the other. Each
 * process runs its job twice, since the compiler takes longer than half a run. Prints records per
 * second over the second half of the second run's output, the CPU time of the job's process per
 * record, and the ratio.
 */
public final class WholeJob {

  private final String bootstrap;
  private final Admin admin;
  private final Path checkpoints;
  private int runs;

  private WholeJob(String bootstrap, Admin admin, Path checkpoints) {
    this.bootstrap = bootstrap;
    this.admin = admin;
    this.checkpoints = checkpoints;
  }

  /**
   * Runs; the arguments are the number of rounds, by default 3, and the only topic to measure, by
   * default all.
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    String only = arguments.length < 2 ? "" : arguments[1];
    Path directory = Files.createTempDirectory("anabranch-bench");
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      WholeJob bench = new WholeJob(broker.bootstrap(), admin, directory.resolve("checkpoints"));
      for (Workload workload : Workload.values()) {
        if (only.isEmpty() || only.equals(workload.topic())) {
          bench.compare(workload, rounds);
        }
      }
    } finally {
      delete(directory);
    }
  }

  private void compare(Workload workload, int rounds) throws Exception {
    produce(workload);
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Measurement pass = run(workload, true);
      Measurement full = run(workload, false);
      ratios.add(full.perSecond() / pass.perSecond());
      System.out.printf(
          Locale.ROOT,
          "%-10s round %d: pass-through %,9.0f records/s %5.2f us CPU/record; "
              + "full job %,9.0f records/s %5.2f us CPU/record; ratio %.2f%n",
          workload.text(),
          round,
          pass.perSecond(),
          pass.cpuMicros(),
          full.perSecond(),
          full.cpuMicros(),
          full.perSecond() / pass.perSecond());
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s median ratio of full job to pass-through: %.2f%n",
        workload.text(),
        Measurement.median(ratios));
  }

  private void produce(Workload workload) throws ExecutionException, InterruptedException {
    admin
        .createTopics(List.of(new NewTopic(workload.topic(), JobRun.PARALLELISM, (short) 1)))
        .all()
        .get();
    Workload.RowWriter rows = workload.rows();
    StringBuilder text = new StringBuilder();
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "compression.type",
                "lz4",
                "linger.ms",
                "20",
                "batch.size",
                "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int row = 0; row < workload.rowCount(); row++) {
        text.setLength(0);
        rows.write(row, text);
        byte[] value = text.toString().getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(workload.topic(), row % JobRun.PARALLELISM, null, value),
                (metadata, failure) -> {
                  if (failure != null) {
                    failed.compareAndSet(null, failure);
                  }
                });
      }
    }
    if (failed.get() != null) {
      throw new IllegalStateException("could not feed " + workload.topic(), failed.get());
    }
  }

  private Measurement run(Workload workload, boolean passThrough)
      throws IOException, InterruptedException {
    Process process =
        JavaProcess.start(
            JobRun.class,
            List.of("-Xms1500m", "-Xmx1500m", "-XX:+AlwaysPreTouch"),
            List.of(
                workload.name(),
                "bench-" + runs++,
                Boolean.toString(passThrough),
                bootstrap,
                checkpoints.toString()));
    Optional<Measurement> measured = Optional.empty();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Optional<Measurement> said = Measurement.parse(line);
        measured = said.isPresent() ? said : measured;
      }
    }
    int status = process.waitFor();
    return measured.orElseThrow(
        () -> new IllegalStateException("the job's process ended with " + status));
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
