package io.anabranch.k8s;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar that is run is one that the Dockerfile puts into the image. */
final class JarRule implements Rule {
  private static final Pattern COPY =
      Pattern.compile("^COPY\\s.*\\s(/\\S+\\.jar)\\s*$", Pattern.MULTILINE);

  private final List<String> jars;

  JarRule(String dockerfile) {
    Matcher copies = COPY.matcher(dockerfile);
    jars = copies.results().map(copy -> "local://" + copy.group(1)).toList();
  }

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (FlinkJob job : overlay.flinkJobs().toList()) {
      String jar = job.manifest().text("/spec/job/jarURI");
      if (!jars.contains(jar)) {
        findings.add(
            this,
            job.manifest(),
            "spec.job.jarURI must be what the Dockerfile copies, one of " + jars + ", got " + jar);
      }
    }
  }
}
