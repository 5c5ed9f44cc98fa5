package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.run.PipelineRun;
import io.anabranch.local.run.RunFailure;
import io.anabranch.local.run.RunHome;
import io.anabranch.local.run.RunOptions;
import io.anabranch.local.run.StopSignal;
import io.anabranch.local.view.Screen;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/**
 * What commands that run pipelines get from outside.
 *
 * @param terminal whether standard output is a terminal that can redraw
 * @param stop ends the run
 * @param patience how long a broker or a missing input topic is waited for
 */
record RunEnvironment(boolean terminal, StopSignal stop, Duration patience) {

  void run(Path file, CommonRunOptions common, RunOptions options, CommandLine command)
      throws RunFailure {
    Pipeline pipeline = PipelineSource.read(file, common.sets());
    RunHome home = RunHome.create(pipeline, file);
    LogFile.use(home.log(), common.logLevel());
    PipelineRun run = PipelineRun.check(pipeline, home, options, patience);
    try {
      run.run(new Screen(command.getOut(), terminal), stop);
    } catch (InterruptedException e) {
      if (stop.isStopped()) {
        return; // before the job had started: there is nothing to be kept
      }
      Thread.currentThread().interrupt();
      throw RunFailure.failed("the run was interrupted", e);
    }
  }
}
