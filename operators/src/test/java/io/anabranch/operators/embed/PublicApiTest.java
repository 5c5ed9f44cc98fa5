package io.anabranch.operators.embed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;
import org.junit.jupiter.api.Test;

/**
 * Guards what others compile against. {@code public-api.txt} has every public signature; a change
 * of it is a decision, made by running this test with {@code -Dregenerate=true} and seen in review.
 * What is {@link Public} may be added to in a minor version and changed in a major one; what is
 * {@link PublicEvolving} may change in a minor one.
 */
class PublicApiTest {
  private static final Path BASELINE =
      Path.of("src/test/resources/io/anabranch/operators/embed/public-api.txt");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.anabranch.operators.embed");

  @Test
  void thePublicSignaturesAreThoseOfTheBaseline() throws IOException {
    List<String> signatures = signatures();
    if (Boolean.getBoolean("regenerate")) {
      Files.write(BASELINE, signatures);
    }
    assertThat(signatures)
        .as("regenerate %s, and say in CHANGELOG.md what callers have to change", BASELINE)
        .isEqualTo(Files.readAllLines(BASELINE));
  }

  @Test
  void whatIsPublicIsMarked() {
    classes()
        .that()
        .arePublic()
        .and()
        .doNotHaveSimpleName("Snapshot") // of a serializer; Flink makes it by reflection
        .and()
        .doNotHaveSimpleName("Factory") // of type information; likewise
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .beAnnotatedWith(Public.class)
        .orShould()
        .beAnnotatedWith(PublicEvolving.class)
        .check(CLASSES);
  }

  private static List<String> signatures() {
    List<String> lines = new ArrayList<>();
    for (JavaClass type : CLASSES.stream().sorted(PublicApiTest::byName).toList()) {
      if (type.isAnnotatedWith(Public.class) || type.isAnnotatedWith(PublicEvolving.class)) {
        assertThat(type.getModifiers()).contains(JavaModifier.PUBLIC);
        String stability = type.isAnnotatedWith(Public.class) ? "stable " : "evolving ";
        lines.add(stability + type.reflect().toGenericString());
        lines.addAll(members(type.reflect()));
      }
    }
    return lines.stream().map(PublicApiTest::withoutPackages).toList();
  }

  private static String withoutPackages(String line) {
    return line.replaceAll(
        "(io\\.anabranch\\.operators\\.embed|java\\.lang|java\\.util)\\.(?=[A-Z])", "");
  }

  private static int byName(JavaClass one, JavaClass other) {
    return one.getName().compareTo(other.getName());
  }

  private static TreeSet<String> members(Class<?> type) {
    TreeSet<String> members = new TreeSet<>();
    Stream.of(type.getDeclaredMethods())
        .filter(PublicApiTest::visible)
        .map(Method::toGenericString)
        .forEach(line -> members.add("  " + line));
    Stream.of(type.getDeclaredConstructors())
        .filter(PublicApiTest::visible)
        .map(Constructor::toGenericString)
        .forEach(line -> members.add("  " + line));
    Stream.of(type.getDeclaredFields())
        .filter(PublicApiTest::visible)
        .map(Field::toGenericString)
        .forEach(line -> members.add("  " + line));
    Arrays.stream(type.getGenericInterfaces())
        .forEach(parent -> members.add("  implements " + parent.getTypeName()));
    return members;
  }

  private static boolean visible(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }
}
