package io.anabranch.job;

/** Entry point of the job jar: {@code flink run anabranch-job.jar PIPELINE_URI}. */
public final class AnabranchJob {

  private AnabranchJob() {}

  /** Runs the pipeline whose URI is the first argument. */
  public static void main(String[] args) {
    if (args.length == 0) {
      throw new IllegalArgumentException(
          "PIPELINE_URI is missing: flink run anabranch-job.jar PIPELINE_URI");
    }
    throw new IllegalArgumentException("this build cannot run pipelines yet, got " + args[0]);
  }
}
