package dev.portolan.cli;

import dev.portolan.cli.CommandName.Group;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import dev.portolan.yaml.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a command line into what is to be done. Pure. */
final class CommandParser {
    private static final List<String> WITH_VALUE = List.of("-C", Usage.DIRECTORY, "-o", Usage.OUTPUT);

    private CommandParser() {}

    /** What a command line asks for. */
    sealed interface Parsed {

        record Help(String text) implements Parsed {}

        record Version() implements Parsed {}

        record Call(Command command, Arguments arguments) implements Parsed {}
    }

    /** @throws UserError when it is wrong */
    static Parsed parse(List<String> line) {
        int position = positionOfCommand(line);
        if (position == line.size()) {
            return withoutCommand(line);
        }
        String word = line.get(position);
        List<String> rest = new ArrayList<>(line.subList(0, position));
        rest.addAll(line.subList(position + 1, line.size()));
        if (word.equals("help")) {
            return rest.isEmpty()
                    ? new Parsed.Help(overview())
                    : new Parsed.Help(command(rest.getFirst()).make().usage().help());
        }
        if (CommandName.of(word).isEmpty()) {
            commandAfter(line, position).ifPresent(CommandParser::optionsGoAfterIt);
        }
        return parse(command(word), rest);
    }

    /** The line with its command in front, if one follows what was taken for it, as in {@code -f compose.yaml config}. */
    private static Optional<List<String>> commandAfter(List<String> line, int position) {
        for (int index = position + 1; position > 0 && index < line.size(); index++) {
            if (CommandName.of(line.get(index)).isPresent()) {
                List<String> reordered = new ArrayList<>(line);
                reordered.addFirst(reordered.remove(index));
                return Optional.of(reordered);
            }
        }
        return Optional.empty();
    }

    private static void optionsGoAfterIt(List<String> line) {
        throw new UserError(
                "options of \"" + line.getFirst() + "\" stand before it",
                "write them after it: portolan " + String.join(" ", line),
                ExitCode.USAGE);
    }

    private static Parsed withoutCommand(List<String> line) {
        if (line.contains("--version") || line.contains("-V")) {
            return new Parsed.Version();
        }
        if (line.isEmpty() || line.contains("--help") || line.contains("-h")) {
            return new Parsed.Help(overview());
        }
        throw new UserError(
                "there is no command in: portolan " + String.join(" ", line),
                "see the commands with: portolan --help",
                ExitCode.USAGE);
    }

    private static Parsed parse(CommandName name, List<String> rest) {
        Command command = name.make();
        Usage usage = command.usage();
        try {
            CommandLine.ParseResult parsed = usage.parse(rest);
            if (parsed.isUsageHelpRequested()) {
                return new Parsed.Help(usage.help());
            }
            requireAll(name, usage, parsed);
            return new Parsed.Call(command, checked(new Arguments(name, parsed)));
        } catch (UnmatchedArgumentException unknown) {
            List<String> near = unknown.getSuggestions();
            throw wrong(
                    name,
                    unknown,
                    near.isEmpty()
                            ? "see: portolan " + name.word() + " --help"
                            : "did you mean " + String.join(" or ", near) + "?");
        } catch (ParameterException wrong) {
            throw wrong(name, wrong, "see: portolan " + name.word() + " --help");
        }
    }

    /** Where a parser stops at the first argument, picocli does not ask for those that must follow it. */
    private static void requireAll(CommandName name, Usage usage, CommandLine.ParseResult parsed) {
        usage.spec().positionalParameters().stream()
                .filter(wanted ->
                        wanted.arity().min() > 0 && !parsed.matchedPositionals().contains(wanted))
                .findFirst()
                .ifPresent(missing -> {
                    throw new UserError(
                            "portolan " + name.word() + ": Missing required parameter: '" + missing.paramLabel() + "'",
                            "see: portolan " + name.word() + " --help",
                            ExitCode.USAGE);
                });
    }

    private static Arguments checked(Arguments arguments) {
        arguments.text(Usage.OUTPUT).ifPresent(format -> {
            if (!arguments.command().writesFile()
                    && !List.of("text", Usage.JSON).contains(format)) {
                throw arguments.usage("there is no output format \"" + format + "\"", "write text or json");
            }
        });
        return arguments;
    }

    private static UserError wrong(CommandName name, ParameterException cause, String remedy) {
        return new UserError(
                "portolan " + name.word() + ": "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                remedy,
                ExitCode.USAGE,
                cause);
    }

    /** The options that every command has may also be written before its name. */
    private static int positionOfCommand(List<String> line) {
        int position = 0;
        while (position < line.size() && line.get(position).startsWith("-")) {
            position += WITH_VALUE.contains(line.get(position)) ? 2 : 1;
        }
        return Math.min(position, line.size());
    }

    private static CommandName command(String word) {
        return CommandName.of(word)
                .orElseThrow(() -> new UserError(
                        "there is no command \"" + word + "\"",
                        Suggestion.nearest(
                                        word,
                                        CommandName.shown().stream()
                                                .map(CommandName::word)
                                                .toList())
                                .map(near -> "did you mean \"portolan " + near + "\"?")
                                .orElse("see all of them with: portolan --help"),
                        ExitCode.USAGE));
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("""
                Portolan deploys one Docker Compose app to many regions and loses no request doing it.

                Usage: portolan COMMAND [OPTIONS]
                """);
        for (Group group : Group.values()) {
            if (group == Group.HIDDEN) {
                continue;
            }
            text.append('\n').append(group.title()).append('\n');
            CommandName.shown().stream()
                    .filter(name -> name.group() == group)
                    .forEach(name -> text.append("  %-10s%s\n".formatted(name.word(), name.summary())));
        }
        text.append("""

                Each command has --help with examples, --output json, and -C DIR for another folder.
                Exit codes: 0 done, 1 failed and as before, 2 wrong usage or configuration, 3 locked, 4 a person has to act.
                """);
        return text.toString();
    }
}
