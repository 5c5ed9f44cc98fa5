package io.anabranch.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches Ctrl-C, SIGTERM and the closing of the terminal. Not by a shutdown hook: those of Flink
 * run at the same moment and delete what a savepoint still needs. Through reflection, because the
 * compiler refuses {@code sun.misc.Signal}, which the JDK supports without listing it.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String[] NAMES = {"INT", "TERM", "HUP"};

  private Signals() {}

  /** Runs {@code first} at the first signal and {@code second} at the next. */
  static void handle(Runnable first, Runnable second) {
    boolean[] seen = {false};
    Runnable handler =
        () -> {
          boolean again;
          synchronized (seen) {
            again = seen[0];
            seen[0] = true;
          }
          (again ? second : first).run();
        };
    for (String name : NAMES) {
      install(name, handler);
    }
  }

  private static void install(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.run();
                  return null;
                }
                return method.invoke(handler, arguments);
              });
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      // The JVM keeps a signal to itself that it was told to ignore, as nohup does with HUP.
      LOG.info("SIG{} is not handled", name, e);
    } catch (ReflectiveOperationException e) {
      LOG.warn("SIG{} cannot be handled in this JVM: it ends without a savepoint", name, e);
    }
  }
}
