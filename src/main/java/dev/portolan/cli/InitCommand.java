package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.config.InitialFile;
import dev.portolan.config.Places;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** {@code portolan init}. */
final class InitCommand implements Command {
    private static final String FILE = "portolan.yml";

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.INIT,
                        "Writes a commented portolan.yml beside compose.yaml, with the service, port and health check that"
                                + " can be inferred from it. Never overwrites one.")
                .option(
                        "--regions",
                        "LIST",
                        "Names of cities, the primary first; " + String.join(",", InitialFile.DEFAULT_REGIONS)
                                + " by default.")
                .examples("portolan init", "portolan init --regions dublin,frankfurt,sydney");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        List<String> regions = arguments
                .text("--regions")
                .map(text -> regions(arguments, text))
                .orElse(InitialFile.DEFAULT_REGIONS);
        Project project = new Project(
                arguments
                        .text(Usage.DIRECTORY)
                        .map(given ->
                                session.surroundings().folder().resolve(given).normalize())
                        .orElse(session.surroundings().folder()),
                session.surroundings().environment());
        Path file = project.folder().resolve(FILE);
        if (project.hasFile()) {
            throw new UserError(
                    "there is a portolan.yml in " + project.folder() + " already",
                    "edit it, or move it away to get a new one",
                    ExitCode.USAGE);
        }
        write(file, project.initialText(regions));
        session.display().say("wrote " + file);
        session.display().say("see what it would do with: portolan plan; try it on this machine with: portolan up");
        return Summary.of("written", ExitCode.DONE);
    }

    private static List<String> regions(Arguments arguments, String text) {
        List<String> regions = List.of(text.split(",", -1));
        regions.stream()
                .filter(region -> Places.find(region).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw arguments.usage(
                            "the place \"" + unknown + "\" is not known",
                            Places.nearest(unknown)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse(
                                            "name a large city near it; in portolan.yml you can then write its coordinates"));
                });
        return regions;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException unwritable) {
            throw new UserError(
                    file + " cannot be written: " + unwritable.getMessage(),
                    "correct the rights of the folder",
                    ExitCode.FAILED,
                    unwritable);
        }
    }
}
