package dev.portolan.cli;

import dev.portolan.cli.CommandParser.Parsed;
import dev.portolan.cli.render.Display;
import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.JsonLines;
import dev.portolan.cli.render.LiveTree;
import dev.portolan.cli.render.PlainLines;
import dev.portolan.cli.render.Summary;
import dev.portolan.cli.render.TextStyle;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one command line. Errors are printed here and nowhere else. */
public final class Program {
    private final Surroundings surroundings;
    private final Supplier<Parts> parts;
    private final Interrupts interrupts;

    /** @param parts asked for only when a command is run */
    public Program(Surroundings surroundings, Supplier<Parts> parts) {
        this(surroundings, parts, new Interrupts());
    }

    Program(Surroundings surroundings, Supplier<Parts> parts, Interrupts interrupts) {
        this.surroundings = surroundings;
        this.parts = parts;
        this.interrupts = interrupts;
    }

    /**
     * Does what a command line asks for; never ends the process.
     *
     * @return the exit status for the process: that of {@link ExitCode}, or the one of a command that was run in a container
     */
    public int run(List<String> line) {
        Parsed parsed;
        try {
            parsed = CommandParser.parse(line);
        } catch (UserError wrong) {
            try (Display display = display(line.contains(Usage.JSON) || line.contains("--output=json"), false)) {
                return failed(display, wrong);
            }
        }
        return switch (parsed) {
            case Parsed.Help(String text) -> printed(text);
            case Parsed.Version() -> printed("portolan " + version() + "\n");
            case Parsed.Call(Command command, Arguments arguments) -> call(command, arguments);
        };
    }

    private int printed(String text) {
        surroundings.output().print(text);
        surroundings.output().flush();
        return ExitCode.DONE.status();
    }

    private int call(Command command, Arguments arguments) {
        boolean json = arguments.json();
        try (Display display = display(json, surroundings.screen().redraws());
                Parts opened = parts.get()) {
            try {
                Summary summary = command.run(new Session(arguments, surroundings, display, opened, interrupts));
                display.show(new Event.Ended(summary));
                return summary.exit();
            } catch (UserError expected) {
                return failed(display, expected);
            } catch (RuntimeException unforeseen) {
                return failed(display, unforeseen(arguments.command(), unforeseen));
            }
        }
    }

    private int failed(Display display, UserError error) {
        if (surroundings.debug()) {
            error.printStackTrace(surroundings.error());
        }
        display.show(new Event.Failed(error));
        display.show(new Event.Ended(Summary.of("failed", error.exitCode())));
        return error.exitCode().status();
    }

    private UserError unforeseen(CommandName command, RuntimeException cause) {
        return new UserError(
                "something happened that Portolan does not know: " + cause,
                surroundings.debug()
                        ? "this is a defect of Portolan: please report it with the trace above, \"portolan --version\" and"
                                + " what you did"
                        : "this is a defect of Portolan: run it again with PORTOLAN_DEBUG=1 and report what it prints"
                                + (command.changes() ? "; see what serves now with: portolan status" : ""),
                command.changes() ? ExitCode.UNKNOWN_STATE : ExitCode.FAILED,
                cause);
    }

    private Display display(boolean json, boolean redraws) {
        if (json) {
            return new JsonLines(surroundings.output());
        }
        ScreenFacts screen = surroundings.screen();
        TextStyle style = new TextStyle(screen.colours(), screen.unicode(), surroundings.zone());
        return redraws
                ? new LiveTree(
                        surroundings.output(),
                        surroundings.error(),
                        style,
                        new ControllingTerminal(surroundings.environment())::size,
                        InstantSource.system())
                : new PlainLines(surroundings.output(), surroundings.error(), style);
    }

    private static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("(built from source)");
    }
}
