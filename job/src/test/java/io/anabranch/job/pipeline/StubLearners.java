package io.anabranch.job.pipeline;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/** Learner types that can be named in a file and do nothing, whatever is on the class path. */
public final class StubLearners {

  private StubLearners() {}

  /** logistic-regression, majority-class and no-change. */
  public static LearnerRegistry registry() {
    return new LearnerRegistry(
        new ServiceFile(
            LogisticRegression.class.getName()
                + "\n"
                + MajorityClass.class.getName()
                + "\n"
                + NoChange.class.getName()));
  }

  /** Finds exactly the given providers. */
  private static final class ServiceFile extends ClassLoader {
    private final byte[] content;

    ServiceFile(String content) {
      super(StubLearners.class.getClassLoader());
      this.content = content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals("META-INF/services/" + LearnerProvider.class.getName())) {
        return super.getResources(name);
      }
      return Collections.enumeration(List.of(new URL(null, "memory:services", handler())));
    }

    private URLStreamHandler handler() {
      return new URLStreamHandler() {
        @Override
        protected URLConnection openConnection(URL url) {
          return new URLConnection(url) {
            @Override
            public void connect() {}

            @Override
            public InputStream getInputStream() {
              return new ByteArrayInputStream(content);
            }
          };
        }
      };
    }
  }

  private abstract static class Stub implements LearnerProvider {
    private final LearnerType about;

    Stub(String name, Set<Placement> placements, Set<TargetType> targets) {
      about = new LearnerType(name, "Learns nothing.", placements, targets);
    }

    Stub(String name) {
      this(name, Set.of(Placement.PER_KEY), Set.of(TargetType.BINARY, TargetType.MULTICLASS));
    }

    @Override
    public LearnerType about() {
      return about;
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of();
    }

    @Override
    public Learner create(LearnerSettings settings) {
      throw new UnsupportedOperationException("a stub makes no model");
    }

    @Override
    public byte[] write(Learner learner) {
      throw new UnsupportedOperationException("a stub has no state");
    }

    @Override
    public Learner read(byte[] bytes, LearnerSettings settings) {
      throw new UncheckedIOException(new IOException("a stub has no state"));
    }
  }

  /** Can be shared, has hyperparameters of each kind. */
  public static final class LogisticRegression extends Stub {
    /** Made by the service loader. */
    public LogisticRegression() {
      super(
          "logistic-regression",
          Set.of(Placement.SHARED, Placement.PER_KEY),
          Set.of(TargetType.BINARY));
    }

    @Override
    public boolean knowsByCoordinate() {
      return true;
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
      double inf = Double.POSITIVE_INFINITY;
      return List.of(
          new Hyperparameter("alpha", Kind.NUMBER, 0, true, inf, "2", "The learning rate."),
          new Hyperparameter("l1", Kind.NUMBER, 0, false, inf, "0", "The L1 penalty."),
          new Hyperparameter("depth", Kind.INTEGER, 1, false, 30, "5", "A whole number."),
          new Hyperparameter("average", Kind.BOOLEAN, 0, false, 1, "false", "A switch."),
          Hyperparameter.choice("loss", List.of("squared", "huber"), "A text of two."));
    }
  }

  /** Per key only. */
  public static final class MajorityClass extends Stub {
    /** Made by the service loader. */
    public MajorityClass() {
      super("majority-class");
    }
  }

  /** Per key only. */
  public static final class NoChange extends Stub {
    /** Made by the service loader. */
    public NoChange() {
      super("no-change");
    }
  }
}
