package dev.portolan.cli;

import dev.portolan.config.DurationText;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What a person wrote after the name of a command. */
final class Arguments {
    private final CommandName command;
    private final ParseResult parsed;

    Arguments(CommandName command, ParseResult parsed) {
        this.command = command;
        this.parsed = parsed;
    }

    CommandName command() {
        return command;
    }

    boolean flag(String name) {
        return parsed.hasMatchedOption(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
    }

    /** Of an option that may be given several times. */
    List<String> texts(String name) {
        return parsed.matchedOptionValue(name, List.of());
    }

    /** Whether what is shown is to be JSON, one event a line. */
    boolean json() {
        return !command.writesFile() && text(Usage.OUTPUT).equals(Optional.of(Usage.JSON));
    }

    Optional<Duration> duration(String name) {
        return text(name)
                .map(text -> DurationText.parse(text)
                        .orElseThrow(() -> usage(
                                name + " " + text + " is not a duration",
                                "write for example " + name + " 30s or 1m30s")));
    }

    /** @param least the smallest number that makes sense */
    Optional<Integer> number(String name, int least) {
        return text(name).map(text -> {
            if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
                throw usage(name + " " + text + " is not a whole number from " + least + " on", seeHelp());
            }
            return Integer.parseInt(text);
        });
    }

    /** @param position 0 or more */
    Optional<String> argument(int position) {
        return parsed.hasMatchedPositional(position)
                ? Optional.ofNullable(parsed.matchedPositionalValue(position, (String) null))
                : Optional.empty();
    }

    /** An argument that the parser has made sure of. */
    String required(int position) {
        return argument(position).orElseThrow(() -> usage("an argument is missing", seeHelp()));
    }

    List<String> rest(int from) {
        return parsed.hasMatchedPositional(from) ? parsed.matchedPositionalValue(from, List.of()) : List.of();
    }

    UserError usage(String message, String remedy) {
        return new UserError(message, remedy, ExitCode.USAGE);
    }

    private String seeHelp() {
        return "see: portolan " + command.word() + " --help";
    }
}
