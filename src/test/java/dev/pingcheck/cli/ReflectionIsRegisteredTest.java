package dev.pingcheck.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.GeneratedMessage;
import com.google.protobuf.ProtocolMessageEnum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * A native image sees by reflection what is registered alone: the commands, the enums of their
 * options and the messages of the link. {@code -Dpingcheck.regenerate=true} writes the file anew.
 */
class ReflectionIsRegisteredTest {
  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.pingcheck/reflection/reachability-metadata.json");
  private static final String MESSAGES = "dev/pingcheck/link/proto";
  private static final String ALL =
      "\"allDeclaredConstructors\": true, \"allDeclaredMethods\": true, \"allDeclaredFields\": true";

  @Test
  void commandsAndMessagesAreRegisteredAndNothingElse() throws Exception {
    Set<String> names = new TreeSet<>();
    collect(Pingcheck.commandLine(), names);
    messages().forEach(names::add);
    String text =
        names.stream()
            .map(name -> "  {\"type\": \"%s\", %s}".formatted(name, ALL))
            .collect(joining(",\n", "{\"reflection\": [\n", "\n]}\n"));
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
    }
    assertThat(text).isEqualTo(Files.readString(FILE));
  }

  private static void collect(CommandLine command, Set<String> names) {
    names.add(command.getCommandSpec().userObject().getClass().getName());
    command.getCommandSpec().mixins().values().stream()
        .map(mixin -> mixin.userObject().getClass())
        .filter(type -> type.getName().startsWith("dev.pingcheck"))
        .forEach(type -> names.add(type.getName()));
    command.getCommandSpec().args().stream()
        .map(ArgSpec::type)
        .filter(Class::isEnum)
        .forEach(type -> names.add(type.getName()));
    command.getSubcommands().values().forEach(each -> collect(each, names));
  }

  private static Stream<String> messages() throws IOException, ClassNotFoundException {
    Path classes = Path.of("target/classes");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes.resolve(MESSAGES))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (GeneratedMessage.class.isAssignableFrom(type)
            || GeneratedMessage.Builder.class.isAssignableFrom(type)
            || ProtocolMessageEnum.class.isAssignableFrom(type)) {
          names.add(type.getName());
        }
      }
    }
    return names.stream();
  }
}
