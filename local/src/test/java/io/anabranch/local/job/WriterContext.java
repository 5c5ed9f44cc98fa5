package io.anabranch.local.job;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobInfoImpl;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** What a sink's writer is told of its subtask, with timers that a test fires. */
final class WriterContext {
  private final Queue<ProcessingTimeCallback> timers = new ArrayDeque<>();
  private final WriterInitContext context;

  WriterContext(int subtask, int subtasks) {
    TaskInfoImpl task = new TaskInfoImpl("sink", 128, subtask, subtasks, 0);
    JobInfoImpl job = new JobInfoImpl(new JobID(), "job");
    ProcessingTimeService time =
        answering(
            ProcessingTimeService.class,
            (method, arguments) ->
                switch (method) {
                  case "getCurrentProcessingTime" -> 1_000L;
                  case "registerTimer" -> {
                    timers.add((ProcessingTimeCallback) arguments[1]);
                    yield null;
                  }
                  default -> throw new AssertionError(method + " is not expected");
                });
    context =
        answering(
            WriterInitContext.class,
            (method, arguments) ->
                switch (method) {
                  case "getTaskInfo" -> task;
                  case "getJobInfo" -> job;
                  case "getProcessingTimeService" -> time;
                  default -> throw new AssertionError(method + " is not expected");
                });
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T answering(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  WriterInitContext get() {
    return context;
  }

  void fireTimers() throws Exception {
    while (!timers.isEmpty()) {
      timers.remove().onProcessingTime(2_000);
    }
  }
}
