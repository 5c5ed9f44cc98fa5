package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.operators.record.MemberVotes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaitingVotesTest {

  @Test
  void usageExample() {
    WaitingVotes waiting = new WaitingVotes(3);
    assertThat(waiting.add(votes(7, 0, 0.25, 0.75))).isNull();
    assertThat(waiting.size()).isEqualTo(1);
    assertThat(waiting.all()).extracting(WaitingVotesTest::id).containsExactly("id-7");

    MemberVotes all = waiting.add(votes(7, 2, 1));
    assertThat(probability(all)).isEqualTo(2.0 / 3);
    assertThat(id(all)).isEqualTo("id-7");
    assertThat(waiting.size()).isZero();
  }

  @Test
  void votesOfAllMembersTogetherNeedNotWait() {
    WaitingVotes waiting = new WaitingVotes(2);
    MemberVotes votes = votes(1, 0, 0.5, 1);
    assertThat(waiting.add(votes)).isSameAs(votes);
    assertThat(waiting.all()).isEmpty();
  }

  @Test
  void theVersionIsWhatTheLeastLearnedMemberHadLearned() {
    WaitingVotes waiting = new WaitingVotes(2);
    MemberVotes behind = votes(1, 0, 0.5);
    behind.learnedFrom(40);
    MemberVotes ahead = votes(1, 1, 0.5);
    ahead.learnedFrom(41);
    assertThat(waiting.add(ahead)).isNull();
    MemberVotes all = waiting.add(behind);
    assertThat(all).isNotNull();
    assertThat(all.version()).isEqualTo(40);
  }

  @Property(seed = "1")
  void inWhateverOrderVotesComeEachExampleIsCompleteOnceWithAllOfThem(
      @ForAll @IntRange(min = 1, max = 300) int examples,
      @ForAll @IntRange(min = 1, max = 6) int members,
      @ForAll Random random) {
    List<MemberVotes> votes = new ArrayList<>();
    for (int number = 0; number < examples; number++) {
      for (int member = 0; member < members; member++) {
        votes.add(votes(number, member, (member + 1.0) / (number + members)));
      }
    }
    Collections.shuffle(votes, random);
    WaitingVotes waiting = new WaitingVotes(members);
    Map<String, Double> complete = new TreeMap<>();
    for (MemberVotes vote : votes) {
      MemberVotes all = waiting.add(vote);
      if (all != null) {
        assertThat(complete.put(id(all), probability(all))).isNull();
      }
      vote.begin(-1, -1); // the buffer is used again
    }
    assertThat(waiting.size()).isZero();
    assertThat(complete).hasSize(examples);
    for (int number = 0; number < examples; number++) {
      assertThat(complete.get("id-" + number))
          .isCloseTo(
              (members + 1) / 2.0 / (number + members),
              org.assertj.core.api.Assertions.within(1e-9));
    }
  }

  /** Votes on an example of one of two subtasks, near where a run ends. */
  private static MemberVotes votes(int at, int firstMember, double... probabilities) {
    long number = VotingPlaces.number(0, VotingPlaces.RUN - 4 + at / 2, at % 2);
    MemberVotes votes = new MemberVotes();
    votes.begin(VotingPlaces.of(number), number);
    votes.learnedFrom(100);
    Prediction prediction = new Prediction();
    for (double probability : probabilities) {
      prediction.binary(probability);
      votes.votes().add(prediction);
    }
    if (firstMember == 0) {
      Example example = new Example();
      example.clear();
      example.identify("id-" + at, "", 0);
      votes.identify(example);
    }
    return votes;
  }

  private static double probability(MemberVotes votes) {
    Prediction prediction = new Prediction();
    votes.votes().predict(prediction);
    return prediction.probability();
  }

  private static String id(MemberVotes votes) {
    Example example = new Example();
    votes.example(example);
    return example.id();
  }
}
