package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.compose.CanonicalReading;
import dev.portolan.compose.ComposeReader;
import dev.portolan.compose.ComposeSource;
import dev.portolan.compose.ReadingSteps;
import dev.portolan.model.ExitCode;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code portolan config}. */
final class ConfigCommand implements Command {
    private static final String FORMAT = "--format";
    private static final String YAML = "yaml";
    /** What is asked of the whole project, and needs no file of variables. */
    private static final List<String> OF_ALL = List.of("--services", "--volumes", "--networks", "--models");
    /** What needs no file of variables either, of the services that are named. */
    private static final List<String> OF_SERVICES = List.of("--profiles", "--images");

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.CONFIG,
                        "Prints the Compose project of the folder in canonical form: files merged, variables filled in,"
                                + " short syntaxes made long, paths absolute, just as docker compose config does.")
                .optionalRest("SERVICE", "Services; with those that they depend on. All of them by default.")
                .option(FORMAT, "FORMAT", YAML + " (the default), or " + Usage.JSON + ".")
                .option("-o, " + Usage.OUTPUT, "FILE", "Write it to a file.")
                .flag("-q, --quiet", "Print nothing, only check.")
                .flag("--services", "Print the names of services, one a line.")
                .flag("--images", "Print the images of services.")
                .flag("--volumes", "Print the names of volumes.")
                .flag("--networks", "Print the names of networks.")
                .flag("--models", "Print the models of services.")
                .flag("--profiles", "Print the profiles of services.")
                .flag(
                        "--variables",
                        "Print the variables in the files, with what stands for them when they are not set.")
                .flag("--environment", "Print the variables that fill the files in.")
                .option(
                        "--hash",
                        "SERVICE",
                        "Print the hash of services, \"*\" for all, as containers of Docker Compose bear it.")
                .flag("--resolve-image-digests", "Name images by their digests, which registries are asked for.")
                .flag("--lock-image-digests", "Print an override file with the images, named by their digests.")
                .flag("--no-interpolate", "Leave variables as they are written.")
                .flag("--no-normalize", "Leave out what is implied, such as the default network.")
                .flag("--no-path-resolution", "Leave paths as they are written.")
                .flag("--no-env-resolution", "Changes nothing, as in Docker Compose 2.40.")
                .flag("--no-consistency", "Do not ask whether what services refer to is there.")
                .flag("--all-resources", "Keep volumes, networks, configs and secrets that no service uses.")
                .options(
                        "-f, --file",
                        "FILE",
                        "Compose file, instead of compose.yaml; several are merged. - is the standard input.")
                .options("--env-file", "FILE", "File of variables, instead of .env.")
                .option(
                        "--region",
                        "REGION",
                        "With the variables and override files that a region of portolan.yml has.")
                .options("--profile", "NAME", "Profile to activate.")
                .option("-p, --project-name", "NAME", "Name of the project.")
                .option("--project-directory", "DIR", "Where relative paths start.")
                .examples(
                        "portolan config",
                        "portolan config --format json",
                        "portolan config --services",
                        "portolan config -f compose.yaml -f compose.prod.yaml --env-file prod.env",
                        "portolan config --profile debug -o merged.yaml web",
                        "portolan config --region dublin",
                        "portolan config -f - < compose.yaml",
                        "portolan config --quiet");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        Optional<String> format = arguments.text(FORMAT);
        if (format.isPresent() && !List.of(YAML, Usage.JSON).contains(format.get())) {
            throw arguments.usage("there is no format \"" + format.get() + "\"", "write " + YAML + " or " + Usage.JSON);
        }
        CanonicalReading reading = ComposeReader.canonical(source(session));
        switch (reading) {
            case CanonicalReading.Refused refused -> throw new InvalidConfiguration(refused.problems());
            case CanonicalReading.Read read -> {
                read.problems().forEach(warning -> session.display().show(new Event.Warned(warning)));
                if (!arguments.flag("--quiet")) {
                    ConfigText text = new ConfigText(read.project(), arguments, format);
                    print(session, text.text(session.parts()::engine));
                }
            }
        }
        return Summary.done();
    }

    private static ComposeSource source(Session session) {
        Arguments arguments = session.arguments();
        Path here = arguments
                .text(Usage.DIRECTORY)
                .map(given -> session.surroundings().folder().resolve(given))
                .orElse(session.surroundings().folder());
        ComposeSource source = base(session)
                .withInput(session.surroundings().input())
                .withFiles(paths(here, arguments.texts("--file")))
                .withVariableFiles(paths(here, arguments.texts("--env-file")))
                .withProfiles(Set.copyOf(arguments.texts("--profile")))
                .withServices(isOfAll(arguments) ? List.of() : arguments.rest(0))
                .withSteps(steps(arguments));
        ComposeSource placed = arguments
                .text("--project-directory")
                .map(given -> source.withProjectFolder(here.resolve(given)))
                .orElse(source);
        return arguments.text("--project-name").map(placed::withName).orElse(placed);
    }

    /** Of a region as it runs there, or of the folder by itself. */
    private static ComposeSource base(Session session) {
        Map<String, String> environment = session.surroundings().environment();
        return session.arguments()
                .text("--region")
                .map(session.project()::ofRegion)
                .orElseGet(() -> ComposeSource.ofFolder(session.project().folder(), environment));
    }

    private static ReadingSteps steps(Arguments arguments) {
        ReadingSteps steps = new ReadingSteps(
                !arguments.flag("--no-interpolate"),
                !arguments.flag("--no-path-resolution"),
                !arguments.flag("--no-normalize"),
                !arguments.flag("--no-consistency"),
                !arguments.flag("--all-resources"));
        if (arguments.flag("--variables")) {
            return steps.withoutFillingIn();
        }
        boolean needsNoFiles = isOfAll(arguments) || OF_SERVICES.stream().anyMatch(arguments::flag);
        if (needsNoFiles) {
            return steps.withoutVariableFiles();
        }
        return arguments.flag("--environment") ? steps.withoutContainerNames() : steps;
    }

    private static boolean isOfAll(Arguments arguments) {
        return OF_ALL.stream().anyMatch(arguments::flag)
                || arguments.text("--hash").isPresent();
    }

    private static List<Path> paths(Path folder, List<String> names) {
        return names.stream()
                .map(name -> Path.of(name).equals(ComposeSource.STANDARD_INPUT)
                        ? ComposeSource.STANDARD_INPUT
                        : folder.resolve(name))
                .toList();
    }

    private static void print(Session session, String text) {
        var file = session.arguments().text(Usage.OUTPUT);
        if (file.isEmpty()) {
            if (!text.isEmpty()) {
                session.display().say(text.stripTrailing());
            }
            return;
        }
        Path path = session.surroundings().folder().resolve(file.get());
        try {
            Files.writeString(path, text);
        } catch (IOException unwritable) {
            throw new UserError(
                    path + " cannot be written: " + unwritable.getMessage(),
                    "correct the path, or the rights of its folder",
                    ExitCode.FAILED,
                    unwritable);
        }
    }
}
