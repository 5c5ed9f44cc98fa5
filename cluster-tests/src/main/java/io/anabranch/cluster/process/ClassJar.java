package io.anabranch.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Puts a few classes of this module into a jar, so that a process sees these and no others. */
public final class ClassJar {
  private ClassJar() {}

  /**
   * Writes a jar.
   *
   * @param classes with their nested classes
   * @param services provider classes by service interface
   */
  public static Path write(Path jar, List<Class<?>> classes, Map<Class<?>, List<Class<?>>> services)
      throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> each : classes) {
        add(out, each);
        for (Class<?> nested : each.getDeclaredClasses()) {
          add(out, nested);
        }
      }
      for (Map.Entry<Class<?>, List<Class<?>>> service : services.entrySet()) {
        out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey().getName()));
        for (Class<?> provider : service.getValue()) {
          out.write((provider.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException(path + " is not on the class path");
      }
      out.putNextEntry(new JarEntry(path));
      in.transferTo(out);
    }
  }
}
