package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.cli.CommandParser.Parsed;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandParserTest {

    @Test
    void optionsAndArgumentsReachTheCommand() {
        Arguments arguments = call("deploy", "--pause-before", "dublin", "-y", "--output", "json");

        assertThat(arguments.command()).isEqualTo(CommandName.DEPLOY);
        assertThat(arguments.text("--pause-before")).contains("dublin");
        assertThat(arguments.flag("--yes")).isTrue();
        assertThat(arguments.flag("--resume")).isFalse();
        assertThat(arguments.text("--output")).contains("json");
    }

    @Test
    void commonOptionsMayComeBeforeTheCommand() {
        Arguments arguments = call("-C", "shop", "--output=json", "logs", "web", "-f");

        assertThat(arguments.text("--directory")).contains("shop");
        assertThat(arguments.text("--output")).contains("json");
        assertThat(arguments.argument(0)).contains("web");
        assertThat(arguments.flag("--follow")).isTrue();
    }

    @Test
    void theOptionsOfACommandInAContainerAreItsOwn() {
        Arguments arguments = call("exec", "--region", "sydney", "web", "ls", "-l", "--output", "x", "--", "-h");

        assertThat(arguments.text("--region")).contains("sydney");
        assertThat(arguments.required(0)).isEqualTo("web");
        assertThat(arguments.rest(1)).containsExactly("ls", "-l", "--output", "x", "--", "-h");
        assertThat(arguments.text("--output")).isEmpty();
    }

    @Test
    void anArgumentThatIsNotGivenIsEmpty() {
        assertThat(call("history").argument(0)).isEmpty();
        assertThat(call("history", "1764").argument(0)).contains("1764");
    }

    @Test
    void durationsAndNumbersAreChecked() {
        assertThat(call("probe", "http://x/", "--for", "1m30s").duration("--for"))
                .contains(Duration.ofSeconds(90));
        assertThat(call("logs", "--tail", "5").number("--tail", 0)).contains(5);
        assertUsage(
                () -> call("probe", "http://x/", "--for", "soon").duration("--for"),
                "--for soon is not a duration",
                "write for example --for 30s or 1m30s");
        assertUsage(
                () -> call("logs", "--tail", "-5").number("--tail", 0),
                "--tail -5 is not a whole number from 0 on",
                "see: portolan logs --help");
    }

    @Test
    void aMisspeltCommandGetsTheNearestOne() {
        assertUsage(
                () -> CommandParser.parse(List.of("deplyo")),
                "there is no command \"deplyo\"",
                "did you mean \"portolan deploy\"?");
        assertUsage(
                () -> CommandParser.parse(List.of("kubernetes")),
                "there is no command \"kubernetes\"",
                "see all of them with: portolan --help");
    }

    @Test
    void optionsOfACommandBeforeItsNameAreSaidToGoAfterIt() {
        assertUsage(
                () -> CommandParser.parse(List.of("-f", "compose.prod.yaml", "config", "--quiet")),
                "options of \"config\" stand before it",
                "write them after it: portolan config -f compose.prod.yaml --quiet");
    }

    @Test
    void aMisspeltOptionGetsTheNearestOne() {
        assertUsage(
                () -> CommandParser.parse(List.of("deploy", "--pause-befor", "dublin")),
                "portolan deploy: Unknown options: '--pause-befor', 'dublin'",
                "did you mean --pause-before?");
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertUsage(
                () -> CommandParser.parse(List.of("exec", "web")),
                "portolan exec: Missing required parameter: 'COMMAND'",
                "see: portolan exec --help");
        assertUsage(
                () -> CommandParser.parse(List.of("status", "--output", "yaml")),
                "there is no output format \"yaml\"",
                "write text or json");
    }

    @Test
    void optionsWithoutACommandAreNoCommand() {
        assertThat(CommandParser.parse(List.of())).isInstanceOf(Parsed.Help.class);
        assertThat(CommandParser.parse(List.of("--help"))).isInstanceOf(Parsed.Help.class);
        assertThat(CommandParser.parse(List.of("--version"))).isEqualTo(new Parsed.Version());
        assertUsage(
                () -> CommandParser.parse(List.of("--verbose")),
                "there is no command in: portolan --verbose",
                "see the commands with: portolan --help");
    }

    @Test
    void theOverviewNamesEveryCommandButThoseInTheBackground() {
        String overview = help(List.of("--help"));

        for (CommandName name : CommandName.shown()) {
            assertThat(overview).contains("  " + name.word() + " ").contains(name.summary());
        }
        assertThat(overview).doesNotContain("retire");
    }

    @ParameterizedTest
    @EnumSource(CommandName.class)
    void helpOfEveryCommandHasExamplesAndFitsTheScreen(CommandName name) {
        String help = help(List.of(name.word(), "--help"));

        assertThat(help)
                .startsWith("Usage: portolan " + name.word() + " ")
                .contains("Examples:\n  portolan " + name.word())
                .contains("--directory=DIR")
                .contains(name.writesFile() ? "--output=FILE" : "--output=FORMAT")
                .isEqualTo(help(List.of("help", name.word())));
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfEveryHelpIsParsed(String example) {
        assertThat(CommandParser.parse(words(example))).isInstanceOf(Parsed.Call.class);
    }

    @ParameterizedTest
    @MethodSource("documented")
    void everyCommandLineOfTheDocumentationIsParsed(String example) {
        assertThat(CommandParser.parse(words(example))).isNotNull();
    }

    static Stream<String> examples() {
        return Arrays.stream(CommandName.values()).flatMap(name -> name.make().usage().examples().stream());
    }

    static List<String> documented() throws IOException {
        List<String> lines = Stream.concat(
                        Files.readAllLines(Path.of("docs/commands.md")).stream(),
                        Stream.concat(
                                Files.readAllLines(Path.of("docs/secrets.md")).stream(),
                                Files.readAllLines(Path.of("docs/hosts.md")).stream()
                                        .map(String::strip)))
                .map(String::strip)
                .filter(line -> line.startsWith("portolan "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(25);
        return lines;
    }

    /** As a shell takes them, as far as the examples need it. */
    static List<String> words(String line) {
        String command = line.replaceFirst("\\s+#.*", "").replaceFirst("\\s+[<>|].*", "");
        List<String> words = List.of(command.split("\\s+"));
        assertThat(words.getFirst()).isEqualTo("portolan");
        return words.subList(1, words.size());
    }

    private static Arguments call(String... line) {
        return ((Parsed.Call) CommandParser.parse(List.of(line))).arguments();
    }

    private static String help(List<String> line) {
        return ((Parsed.Help) CommandParser.parse(line)).text();
    }

    private static void assertUsage(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message, String remedy) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(UserError.class))
                .satisfies(error -> {
                    assertThat(error.message()).isEqualTo(message);
                    assertThat(error.remedy()).isEqualTo(remedy);
                    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
                });
    }

    @Test
    void theSizeOfATerminalIsReadFromItsAnswer() {
        assertThat(ControllingTerminal.parse("24 80\n"))
                .isEqualTo(Optional.of(new dev.portolan.cli.render.ScreenSize(24, 80)));
        assertThat(ControllingTerminal.parse("0 0\n")).isEmpty();
        assertThat(ControllingTerminal.parse("")).isEmpty();
    }
}
