package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The page docs/cli.md, made of the options that the commands declare. */
class CliReferenceIsCurrentTest {
  private static final Path PAGE = Path.of("docs/cli.md");
  private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Z_]+):-(.*)}");

  @Test
  void committedPageIsWhatTheCommandsDeclare() throws IOException {
    String generated = page();
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      Files.writeString(PAGE, generated);
    }
    assertThat(Files.readString(PAGE))
        .as("mvn test -Dtest=CliReferenceIsCurrentTest -Dpingcheck.regenerate=true writes %s", PAGE)
        .isEqualTo(generated);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            <!-- Generated from the commands; a test compares the two. -->
            # Commands

            One program, three commands; the same words stand in `pingcheck COMMAND --help`. An option goes before the
            environment variable of its row. `pingcheck ping` has [a page of its own](ping.md); what else the operator
            reads from its environment stands in [API load](api-load.md), [high availability](high-availability.md) and
            [fleet](fleet.md).
            """);
    Map<String, CommandLine> commands = Pingcheck.commandLine().getSubcommands();
    for (String name : List.of("operator", "probe")) {
      append(page, commands.get(name).getCommandSpec());
    }
    return page.toString();
  }

  private static void append(StringBuilder page, CommandSpec command) {
    page.append("\n## pingcheck ").append(command.name()).append("\n\n");
    page.append(String.join("\n\n", command.usageMessage().description())).append('\n');
    page.append("\n| option | environment | meaning |\n|---|---|---|\n");
    command.options().forEach(option -> page.append(row(option)));
    Map<String, String> codes = command.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      page.append("\n| exit code | means |\n|---|---|\n");
      codes.forEach((code, means) -> page.append("| %s | %s |\n".formatted(code, means)));
    }
  }

  private static String row(OptionSpec option) {
    // As written: picocli itself gives what the environment of this test makes of it.
    Option declared = ((Field) option.userObject()).getAnnotation(Option.class);
    String given = declared.defaultValue();
    Matcher environment = FROM_ENVIRONMENT.matcher(given);
    boolean isFound = environment.matches();
    return "| `%s` | %s | %s |\n"
        .formatted(
            String.join("`, `", option.names())
                + (option.arity().max() == 0 ? "" : " " + option.paramLabel()),
            isFound ? "`" + environment.group(1) + "`" : "",
            String.join(" ", declared.description())
                .replace("${DEFAULT-VALUE}", "`" + (isFound ? environment.group(2) : given) + "`")
                .replace("|", "\\|"));
  }
}
