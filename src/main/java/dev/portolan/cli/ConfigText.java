package dev.portolan.cli;

import dev.portolan.cli.render.Table;
import dev.portolan.compose.CanonicalProject;
import dev.portolan.compose.TemplateVariable;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.RegistryAnswer;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code portolan config} prints of a project: all of it, or what a flag asks for. */
final class ConfigText {
    private final CanonicalProject project;
    private final Arguments arguments;
    private final Optional<String> format;

    /** @param format that of {@code --format}, if it was given */
    ConfigText(CanonicalProject project, Arguments arguments, Optional<String> format) {
        this.project = project;
        this.arguments = arguments;
        this.format = format;
    }

    /** @param engine asks registries for digests; only where a flag wants them */
    String text(Supplier<ContainerEngine> engine) {
        for (String key : List.of("services", "volumes", "networks")) {
            if (arguments.flag("--" + key)) {
                return lines(project.names(key));
            }
        }
        if (arguments.flag("--models")) {
            return lines(project.models());
        }
        Optional<String> hashed = arguments.text("--hash");
        if (hashed.isPresent()) {
            return hashes(hashed.get());
        }
        if (arguments.flag("--profiles")) {
            return lines(project.profiles());
        }
        if (arguments.flag("--images")) {
            return lines(project.images());
        }
        if (arguments.flag("--variables")) {
            return variables();
        }
        if (arguments.flag("--environment")) {
            return lines(project.variables().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList());
        }
        return whole(engine);
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private String whole(Supplier<ContainerEngine> engine) {
        boolean locks = arguments.flag("--lock-image-digests");
        CanonicalProject pinned = locks || arguments.flag("--resolve-image-digests")
                ? project.withDigests(image -> digest(engine, image))
                : project;
        CanonicalProject shown = locks ? pinned.imagesOnly() : pinned;
        return format.equals(Optional.of(Usage.JSON)) ? shown.json() : shown.yaml();
    }

    private static String digest(Supplier<ContainerEngine> engine, String image) {
        return switch (engine.get().askRegistry(image)) {
            case RegistryAnswer.Has(String digest) -> digest;
            case RegistryAnswer.HasNot(String words, var remedy) ->
                throw new UserError(
                        "no registry has the image " + image + ", or none that answers: " + words,
                        remedy.orElse("see why with: docker pull " + image),
                        ExitCode.FAILED);
        };
    }

    private String variables() {
        List<TemplateVariable> variables = project.templateVariables();
        if (format.equals(Optional.of(Usage.JSON))) {
            return TemplateVariable.json(variables);
        }
        if (format.isPresent()) {
            return TemplateVariable.yaml(variables);
        }
        Table table = new Table().row("NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE");
        variables.forEach(variable -> table.row(
                variable.name(), Boolean.toString(variable.required()), variable.otherwise(), variable.instead()));
        return lines(table.lines(""));
    }

    private String hashes(String services) {
        Map<String, String> hashes = project.hashes();
        List<String> names = services.equals("*")
                ? List.copyOf(hashes.keySet())
                : Arrays.stream(services.split(",", -1)).sorted().toList();
        return lines(names.stream()
                .map(name -> name + " "
                        + Optional.ofNullable(hashes.get(name))
                                .orElseThrow(() -> arguments.usage(
                                        "there is no service \"" + name + "\"",
                                        "see them with: portolan config --services")))
                .toList());
    }
}
