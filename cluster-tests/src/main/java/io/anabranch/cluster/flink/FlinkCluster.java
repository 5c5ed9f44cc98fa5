package io.anabranch.cluster.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.anabranch.cluster.process.FreePort;
import io.anabranch.cluster.process.JavaProcess;
import io.anabranch.cluster.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session cluster with high availability: ZooKeeper, JobManagers and TaskManagers. */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final FlinkFiles files;
  private final List<String> flags;
  private final JavaProcess zooKeeper;
  private final RestLeader leader;
  private final List<JavaProcess> jobManagers = new CopyOnWriteArrayList<>();
  private final List<JavaProcess> taskManagers = new CopyOnWriteArrayList<>();
  private final Map<Integer, JavaProcess> jobManagerByPort = new ConcurrentHashMap<>();
  private int started;

  private FlinkCluster(
      FlinkFiles files, List<String> flags, JavaProcess zooKeeper, RestLeader leader) {
    this.files = files;
    this.flags = flags;
    this.zooKeeper = zooKeeper;
    this.leader = leader;
  }

  /**
   * Starts ZooKeeper.
   *
   * @param flags of every JVM
   * @param settings of Flink, on top of those in {@link FlinkFiles}
   */
  public static FlinkCluster start(
      FlinkFiles files, List<String> flags, Map<String, String> settings) throws Exception {
    int port = FreePort.find();
    files.write(port, settings);
    JavaProcess zooKeeper =
        JavaProcess.start(
            new JavaProcess.Command(
                "zookeeper",
                files.classPath(),
                with(files.jvmOptions(flags), "-Xmx128m"),
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                List.of("--zkConfigFile", files.conf().resolve("zoo.cfg") + "", "--peerId", "1"),
                Map.of()),
            files.logs());
    return new FlinkCluster(files, flags, zooKeeper, new RestLeader(files.conf()));
  }

  /** Starts one more JobManager. */
  public JavaProcess startJobManager() throws IOException {
    int port = FreePort.find();
    JavaProcess process =
        start(
            "jobmanager",
            List.of("-Xmx512m"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            "--host",
            "127.0.0.1",
            "-Drest.port=" + port,
            "-Drest.bind-port=" + port);
    jobManagers.add(process);
    jobManagerByPort.put(port, process);
    return process;
  }

  /** Starts one more TaskManager, under a new name. */
  public JavaProcess startTaskManager() throws IOException {
    JavaProcess process =
        start(
            "taskmanager",
            List.of("-Xmx512m", "-XX:MaxDirectMemorySize=192m", "-XX:MaxMetaspaceSize=256m"),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "-Dtaskmanager.resource-id=taskmanager-" + (started + 1));
    taskManagers.add(process);
    return process;
  }

  private JavaProcess start(
      String role, List<String> options, String mainClass, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("--configDir", files.conf().toString()));
    line.addAll(List.of(arguments));
    return JavaProcess.start(
        new JavaProcess.Command(
            role + "-" + ++started,
            files.classPath(),
            with(files.jvmOptions(flags), options.toArray(String[]::new)),
            mainClass,
            line,
            Map.of()),
        files.logs());
  }

  /** Starts what is missing, as whoever runs a cluster would. */
  public void complete(int jobManagerCount, int taskManagerCount) throws IOException {
    jobManagers.removeIf(process -> !process.alive());
    taskManagers.removeIf(process -> !process.alive());
    while (jobManagers.size() < jobManagerCount) {
      startJobManager();
    }
    while (taskManagers.size() < taskManagerCount) {
      startTaskManager();
    }
  }

  /** Waits until so many TaskManagers, and no others, have registered. */
  public void awaitTaskManagers(int count) throws InterruptedException {
    Wait.until(
        PATIENCE,
        () -> count + " TaskManagers, there are " + occupation(),
        () -> occupation().size() == count);
  }

  /** How many slots of each registered TaskManager are in use, by name. */
  public Map<String, Integer> occupation() {
    Map<String, Integer> used = new TreeMap<>();
    rest("/taskmanagers")
        .ifPresent(
            answer ->
                answer
                    .path("taskmanagers")
                    .forEach(
                        each ->
                            used.put(
                                each.path("id").asText(),
                                each.path("slotsNumber").asInt()
                                    - each.path("freeSlots").asInt())));
    return used;
  }

  /** The ids of the jobs that have a slot of a TaskManager. */
  public Set<String> jobsOn(JavaProcess taskManager) {
    Set<String> jobs = new TreeSet<>();
    rest("/taskmanagers/" + taskManager.name())
        .ifPresent(
            answer ->
                answer
                    .path("allocatedSlots")
                    .forEach(slot -> jobs.add(slot.path("jobId").asText())));
    return jobs;
  }

  /** The living TaskManagers in which something runs, by name. */
  public List<JavaProcess> busyTaskManagers() {
    Map<String, Integer> used = occupation();
    return taskManagers.stream()
        .filter(JavaProcess::alive)
        .filter(process -> used.getOrDefault(process.name(), 0) > 0)
        .toList();
  }

  /** The living TaskManagers. */
  public List<JavaProcess> taskManagers() {
    return taskManagers.stream().filter(JavaProcess::alive).toList();
  }

  /** The JobManager that leads; empty while none does. */
  public Optional<JavaProcess> leadingJobManager() {
    return leader
        .address()
        .map(address -> jobManagerByPort.get(address.getPort()))
        .filter(JavaProcess::alive);
  }

  /** What the leading JobManager answers; empty while it does not. */
  public Optional<JsonNode> rest(String path) {
    return leader.get(path);
  }

  /** The files of this cluster. */
  public FlinkFiles files() {
    return files;
  }

  /** Runs Flink's command line client, and returns what it printed. */
  public String client(Duration patience, String... arguments)
      throws IOException, InterruptedException {
    try (JavaProcess process =
        JavaProcess.start(
            new JavaProcess.Command(
                "client-" + arguments[0] + "-" + ++started,
                files.classPath(),
                with(files.jvmOptions(flags), "-Xmx256m"),
                "org.apache.flink.client.cli.CliFrontend",
                List.of(arguments),
                Map.of("FLINK_CONF_DIR", files.conf().toString())),
            files.logs())) {
      int status = process.await(patience);
      String output = process.output();
      if (status != 0) {
        throw new IllegalStateException(
            "flink "
                + String.join(" ", arguments)
                + " ended with "
                + status
                + ", see "
                + process.log());
      }
      return output;
    }
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  @Override
  public void close() throws Exception {
    leader.close();
    taskManagers.forEach(JavaProcess::close);
    jobManagers.forEach(JavaProcess::close);
    zooKeeper.close();
  }
}
