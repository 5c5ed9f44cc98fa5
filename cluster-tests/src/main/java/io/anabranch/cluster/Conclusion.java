package io.anabranch.cluster;

import io.anabranch.cluster.check.Finding;
import io.anabranch.cluster.feed.FedCounts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of every run: feeding stops, the jobs are stopped as a user would, all is checked. */
final class Conclusion {
  private Conclusion() {}

  /** Ends a run, and says what held. */
  static List<Finding> of(TestBed bed, PrintWriter out) throws Exception {
    FedCounts fed = bed.feeder().finish();
    out.printf(Locale.ROOT, "fed %,d records%n", fed.total());
    List<Finding> findings = new ArrayList<>();
    for (PipelineUnderTest each : bed.pipelines()) {
      try (Verification verification = new Verification(bed, each, fed)) {
        verification.whileRunning();
        each.stop(bed.cluster());
        for (Finding finding : verification.afterwards()) {
          findings.add(
              new Finding(
                  each.pipeline().name() + ": " + finding.what(),
                  finding.holds(),
                  finding.detail()));
        }
      }
    }
    return findings;
  }
}
