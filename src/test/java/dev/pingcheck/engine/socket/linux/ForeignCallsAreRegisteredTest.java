package dev.pingcheck.engine.socket.linux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A native image can make no call that it was not built for: what is linked at run time and what is
 * registered are the same. {@code -Dpingcheck.regenerate=true} writes the file anew.
 */
class ForeignCallsAreRegisteredTest {
  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.pingcheck/foreign-calls/reachability-metadata.json");

  @Test
  void eachCallThatIsLinkedIsRegisteredAndNothingElse() throws Exception {
    MethodHandles.lookup().ensureInitialized(Libc.class);
    MethodHandles.lookup().ensureInitialized(BlockedSignals.class);
    String linked =
        Downcalls.linked().stream()
            .map(ForeignCallsAreRegisteredTest::json)
            .sorted()
            .collect(joining(",\n", "{\"foreign\": {\"downcalls\": [\n", "\n]}}\n"));
    regenerate(linked);
    assertThat(linked).isEqualTo(Files.readString(FILE));
  }

  @Test
  void onlyOneClassLinksFunctions() {
    DescribedPredicate<JavaCall<?>> links =
        DescribedPredicate.describe(
            "a downcall or an upcall is linked",
            call ->
                call.getTargetOwner().isAssignableTo(Linker.class)
                    && call.getTarget().getName().matches("downcallHandle|upcallStub"));
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Downcalls.class.getName())
        .should()
        .callCodeUnitWhere(DescribedPredicate.describe(links.getDescription(), links::test))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.pingcheck"));
  }

  private static void regenerate(String text) throws IOException {
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
    }
  }

  private static String json(Downcalls.Kind kind) {
    String parameters =
        kind.descriptor().argumentLayouts().stream()
            .map(layout -> '"' + type(layout) + '"')
            .collect(joining(", "));
    String options = kind.keepsErrno() ? ", \"options\": {\"captureCallState\": true}" : "";
    return "  {\"returnType\": \"%s\", \"parameterTypes\": [%s]%s}"
        .formatted(type(kind.descriptor().returnLayout().orElseThrow()), parameters, options);
  }

  private static String type(MemoryLayout layout) {
    return switch (layout) {
      case ValueLayout.OfInt _ -> "jint";
      case ValueLayout.OfLong _ -> "jlong";
      case ValueLayout.OfShort _ -> "jshort";
      case ValueLayout.OfByte _ -> "jbyte";
      default -> "void*";
    };
  }
}
