package io.anabranch.models.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.ensemble.Votes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every learner must keep, for each target it can predict. */
public abstract class LearnerContract {
  protected static final int BITS = 8;

  /** How far predictions may lie apart when features come in another order. */
  protected static final double ROUNDING = 1e-4;

  protected abstract LearnerProvider provider();

  @Test
  void itIsFoundByItsType() {
    LearnerRegistry registry = new LearnerRegistry(LearnerContract.class.getClassLoader());
    assertThat(registry.find(provider().type())).containsInstanceOf(provider().getClass());
    assertThat(provider().about().description()).endsWith(".");
  }

  @Test
  void sharedPlacementComesWithReplicaAndMerge() {
    for (LearnerSettings settings : allSettings()) {
      boolean shared =
          provider().about().placements().contains(Placement.SHARED)
              && provider().whyNotShared(settings).isEmpty();
      assertThat(provider().createShared(settings).isPresent()).isEqualTo(shared);
      assertThat(provider().mergeRule(settings).isPresent()).isEqualTo(shared);
    }
  }

  @Test
  void ensemblePlacementComesWithMembersWhoseVotesAreTheModels() {
    for (LearnerSettings settings : allSettings()) {
      Optional<Ensemble> ensemble = provider().ensemble(settings);
      assertThat(ensemble.isPresent())
          .isEqualTo(provider().about().placements().contains(Placement.ENSEMBLE));
      ensemble.ifPresent(members -> votesAreTheModels(members, settings));
    }
  }

  private void votesAreTheModels(Ensemble ensemble, LearnerSettings settings) {
    Learner whole = provider().create(settings);
    List<Learner> members = new ArrayList<>();
    IntStream.range(0, ensemble.members()).forEach(i -> members.add(ensemble.create(i)));
    for (Example example : stream(settings, 13, 400)) {
      // Read back again and again, the last member first: they depend on nothing but themselves.
      Votes votes = new Votes();
      for (int i = members.size() - 1; i >= 0; i--) {
        byte[] bytes = ensemble.write(members.get(i));
        members.set(i, ensemble.read(i, bytes));
        assertThat(ensemble.write(members.get(i))).isEqualTo(bytes);
        votes.add(predict(members.get(i), example));
        members.get(i).learn(example);
      }
      Prediction combined = new Prediction();
      votes.predict(combined);
      assertSame(combined, predict(whole, example));
      whole.learn(example);
      members.forEach(member -> assertThat(member.examples()).isEqualTo(whole.examples()));
    }
  }

  @Test
  void anUntrainedModelLeansNowhere() {
    for (LearnerSettings settings : allSettings()) {
      Learner learner = provider().create(settings);
      Prediction prediction = predict(learner, stream(settings, 1, 1).get(0));
      assertThat(learner.examples()).isZero();
      assertThat(prediction.type()).isEqualTo(settings.target().type());
      if (!Double.isNaN(prediction.probability())) {
        assertThat(prediction.probability()).isEqualTo(0.5);
      }
    }
  }

  @Test
  void predictingChangesNothing() {
    for (LearnerSettings settings : allSettings()) {
      Learner learner = trained(settings, 1, 300);
      byte[] before = provider().write(learner);
      for (Example example : stream(settings, 2, 100)) {
        Prediction once = predict(learner, example);
        assertSame(predict(learner, example), once);
      }
      assertThat(provider().write(learner)).isEqualTo(before);
      assertThat(learner.examples()).isEqualTo(300);
    }
  }

  @Test
  void featuresComeAndGoAndPredictionsStayInRange() {
    for (LearnerSettings settings : allSettings()) {
      Learner learner = provider().create(settings);
      Example empty = new Example();
      empty.clear();
      empty.label("1", 1);
      learner.learn(empty);
      for (Example example : stream(settings, 3, 500)) {
        inRange(predict(learner, example));
        learner.learn(example);
      }
      inRange(predict(learner, empty));
    }
  }

  @Test
  void extremeValuesNeitherPoisonNorStopAModel() {
    for (LearnerSettings settings : allSettings()) {
      Learner learner = trained(settings, 4, 50);
      for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0}) {
        for (int repeat = 0; repeat < 3; repeat++) {
          Example example = new Example();
          example.clear();
          example.features().addNumeric((1 << BITS) + 1, value);
          example.features().addSparse(3, value);
          example.label("1", repeat % 2);
          example.weigh(value == 0 ? 1e30 : 1);
          learner.learn(example);
          inRange(predict(learner, example));
        }
      }
      for (Example example : stream(settings, 5, 50)) {
        learner.learn(example);
        inRange(predict(learner, example));
      }
      provider().read(provider().write(learner), settings);
    }
  }

  @Test
  void theOrderOfFeaturesDoesNotMatter() {
    for (LearnerSettings settings : allSettings()) {
      Learner forwards = provider().create(settings);
      Learner backwards = provider().create(settings);
      for (Example example : stream(settings, 6, 500)) {
        Example turned = turned(example);
        Prediction one = predict(forwards, example);
        Prediction other = predict(backwards, turned);
        assertThat(other.label()).isEqualTo(one.label());
        assertThat(Double.isNaN(other.probability())).isEqualTo(Double.isNaN(one.probability()));
        if (!Double.isNaN(one.probability())) {
          assertThat(other.probability()).isCloseTo(one.probability(), within(ROUNDING));
        }
        forwards.learn(example);
        backwards.learn(turned);
      }
    }
  }

  @Test
  void theSameExamplesGiveTheSameBytes() {
    for (LearnerSettings settings : allSettings()) {
      assertThat(provider().write(trained(settings, 7, 400)))
          .isEqualTo(provider().write(trained(settings, 7, 400)))
          .isNotEqualTo(provider().write(trained(settings, 8, 401)));
    }
  }

  @Test
  void aStoredModelContinuesBitForBit() {
    for (LearnerSettings settings : allSettings()) {
      for (int before : new int[] {0, 1, 300}) {
        Learner original = trained(settings, 9, before);
        byte[] bytes = provider().write(original);
        Learner restored = provider().read(bytes, settings);
        assertThat(restored.examples()).isEqualTo(before);
        assertThat(provider().write(restored)).isEqualTo(bytes);
        for (Example example : stream(settings, 10, 200)) {
          assertSame(predict(restored, example), predict(original, example));
          restored.learn(example);
          original.learn(example);
        }
        assertThat(provider().write(restored)).isEqualTo(provider().write(original));
      }
    }
  }

  @Test
  void everyChangedByteIsRefused() {
    for (LearnerSettings settings : allSettings()) {
      byte[] bytes = provider().write(trained(settings, 11, 20));
      for (int i = 0; i < bytes.length; i++) {
        for (int mask : new int[] {1, 0x80, 0xff}) {
          byte[] damaged = bytes.clone();
          damaged[i] ^= (byte) mask;
          assertThatThrownBy(() -> provider().read(damaged, settings))
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (LearnerSettings settings : allSettings()) {
      byte[] bytes = provider().write(trained(settings, 12, 20));
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> provider().read(cut, settings))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void anotherLearnerCannotBeWritten() {
    Learner stranger =
        new Learner() {
          @Override
          public void predict(Example example, Prediction into) {
            into.clear();
          }

          @Override
          public void learn(Example example) {
            throw new UnsupportedOperationException("a stranger learns nothing");
          }

          @Override
          public long examples() {
            return 0;
          }
        };
    assertThatThrownBy(() -> provider().write(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("learner must be a ");
  }

  /** Examples with changing features and a label that depends on some of them. */
  protected static List<Example> stream(LearnerSettings settings, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Example example = new Example();
      example.clear();
      double signal = random.nextDouble() - 0.5;
      for (int j = random.nextInt(4); j > 0; j--) {
        // Later examples have features that early ones did not have.
        int coordinate = (1 << BITS) + 16 * j + random.nextInt(4 + i / 50);
        example
            .features()
            .addNumeric(coordinate, (float) (1_000 + 50 * (random.nextDouble() + signal)));
      }
      for (int j = random.nextInt(6); j > 0; j--) {
        int coordinate = 32 * j + random.nextInt(32);
        // A category, a name in an object, or a number by itself.
        int group = (j % 3 - 1) * j;
        example.features().addSparse(coordinate, random.nextBoolean() ? 1 : -1, group);
        signal += coordinate % 2 == 0 ? 0.2 : -0.2;
      }
      switch (settings.target().type()) {
        case BINARY -> example.label(signal > 0 ? "yes" : "no", signal > 0 ? 1 : 0);
        case MULTICLASS -> example.label("c" + (int) (5 + 4 * signal), Double.NaN);
        case NUMERIC -> example.label(Double.toString(signal), signal);
        case NONE -> {}
      }
      example.weigh(1 + random.nextInt(2));
      examples.add(example);
    }
    return examples;
  }

  protected final Learner trained(LearnerSettings settings, long seed, int count) {
    Learner learner = provider().create(settings);
    stream(settings, seed, count).forEach(learner::learn);
    return learner;
  }

  /**
   * What the defaults are replaced by where they would show too little in a few hundred examples.
   */
  protected Map<String, Double> hyper() {
    return Map.of();
  }

  protected final List<LearnerSettings> allSettings() {
    List<LearnerSettings> all = new ArrayList<>();
    for (TargetType type : TargetType.values()) {
      if (provider().about().targets().contains(type)) {
        all.add(settings(type, hyper()));
      }
    }
    return all;
  }

  protected static LearnerSettings settings(TargetType type, Map<String, Double> hyper) {
    Target target =
        switch (type) {
          case BINARY -> Target.binary("yes");
          case MULTICLASS -> Target.multiclass();
          case NUMERIC -> Target.numeric();
          case NONE -> new Target(TargetType.NONE, "", List.of());
        };
    return new LearnerSettings(target, BITS, hyper, 1);
  }

  protected static Prediction predict(Learner learner, Example example) {
    Prediction prediction = new Prediction();
    learner.predict(example, prediction);
    return prediction;
  }

  private static void inRange(Prediction prediction) {
    if (!Double.isNaN(prediction.probability())) {
      assertThat(prediction.probability()).isBetween(0.0, 1.0);
    }
    if (prediction.type() == TargetType.BINARY && Double.isNaN(prediction.probability())) {
      assertThat(prediction.classCount()).isZero();
    }
    double sum = 0;
    for (int i = 0; i < prediction.classCount(); i++) {
      assertThat(prediction.classProbability(i)).isBetween(0.0, 1.0);
      sum += prediction.classProbability(i);
    }
    if (prediction.classCount() > 0) {
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
  }

  private static void assertSame(Prediction actual, Prediction expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(bits(actual.probability())).isEqualTo(bits(expected.probability()));
    assertThat(actual.positive()).isEqualTo(expected.positive());
    assertThat(bits(actual.value())).isEqualTo(bits(expected.value()));
    assertThat(actual.label()).isEqualTo(expected.label());
    assertThat(actual.classCount()).isEqualTo(expected.classCount());
    for (int i = 0; i < actual.classCount(); i++) {
      assertThat(actual.className(i)).isEqualTo(expected.className(i));
      assertThat(actual.classProbability(i)).isEqualTo(expected.classProbability(i));
    }
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  private static Example turned(Example example) {
    Example turned = new Example();
    turned.copyFrom(example);
    FeatureVector from = example.features();
    FeatureVector to = turned.features();
    to.clear();
    for (int i = from.numericCount() - 1; i >= 0; i--) {
      to.addNumeric(from.coordinates()[i], from.values()[i]);
    }
    for (int i = from.size() - 1; i >= from.numericCount(); i--) {
      to.addSparse(from.coordinates()[i], from.values()[i], from.groups()[i]);
    }
    return turned;
  }
}
