package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * One run per pipeline: a run is a member of consumer group {@code PIPELINE.lease} for as long as
 * its job lives. Members of the same job are one run, so that a job can restart.
 */
public final class RunLease {
  /** After this long without a sign of life the broker takes a member for dead. */
  static final Duration SESSION = Duration.ofSeconds(10);

  /** How long another member is waited out: it may be the trace of a run that was killed. */
  public static final Duration PATIENCE = SESSION.plusSeconds(3);

  private final String pipeline;

  /** The lease of a pipeline. */
  public RunLease(Pipeline pipeline) {
    this.pipeline = pipeline.name();
  }

  /** The consumer group. */
  String group() {
    return pipeline + ".lease";
  }

  /**
   * By which name a job is a member. Of two names the one of the job that was defined first is the
   * lesser.
   *
   * @param defined when the job was defined, epoch ms
   */
  String member(long defined, JobID job) {
    return String.format(Locale.ROOT, "%s-%013d-%s", pipeline, defined, job);
  }

  /**
   * Waits until no other run holds the lease.
   *
   * @param own the job that may hold it, if it is known already
   * @throws StartException when another run still holds it after the broker's patience
   */
  public void awaitFree(Broker broker, Optional<JobID> own)
      throws StartException, InterruptedException {
    Predicate<String> others = name -> own.isEmpty() || !name.endsWith("-" + own.get());
    Optional<MemberDescription> other = find(broker, others);
    while (other.isPresent()) {
      if (!broker.pause()) {
        throw refusal(other.get());
      }
      other = find(broker, others);
    }
  }

  /**
   * The run that goes before a member: both got here at the same time, or one of them was being
   * restarted when the other came. Exactly one of two has to give way, the later one.
   */
  Optional<MemberDescription> before(Broker broker, String member)
      throws StartException, InterruptedException {
    return find(broker, name -> name.compareTo(member) < 0);
  }

  StartException refusal(MemberDescription other) {
    return new StartException(
        "pipeline '"
            + pipeline
            + "' is already running (client "
            + other.clientId()
            + " at "
            + other.host()
            + "): two runs would fence each other's transactions; stop it first, or give this"
            + " pipeline another name");
  }

  private Optional<MemberDescription> find(Broker broker, Predicate<String> names)
      throws StartException, InterruptedException {
    Map<String, ConsumerGroupDescription> groups;
    try {
      groups =
          broker.answer(
              broker.admin().describeConsumerGroups(List.of(group())).all(),
              "describe consumer group '" + group() + "'");
    } catch (GroupIdNotFoundException e) {
      return Optional.empty();
    }
    return groups.values().stream()
        .flatMap(group -> group.members().stream())
        .filter(member -> names.test(member.clientId()))
        .findAny();
  }
}
