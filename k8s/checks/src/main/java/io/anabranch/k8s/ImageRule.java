package io.anabranch.k8s;

/**
 * The image is the overlay's. Kustomize's {@code images:} passes by a FlinkDeployment unless it is
 * told of the field, and then the base's name without a tag is what is deployed.
 */
final class ImageRule implements Rule {
  private static final String BASE = "anabranch";

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (FlinkJob job : overlay.flinkJobs().toList()) {
      String image = job.manifest().text("/spec/image");
      String tag = image.substring(image.lastIndexOf('/') + 1);
      if (image.equals(BASE)) {
        findings.add(this, job.manifest(), "spec.image is the base's: images: did not reach it");
      } else if (!tag.contains(":") || tag.endsWith(":latest")) {
        findings.add(this, job.manifest(), "spec.image must have a fixed tag, got " + image);
      }
      if (!job.manifest().text("/spec/flinkVersion").equals("v1_20")) {
        findings.add(
            this,
            job.manifest(),
            "spec.flinkVersion must be v1_20, as in the image, got "
                + job.manifest().text("/spec/flinkVersion"));
      }
    }
  }
}
