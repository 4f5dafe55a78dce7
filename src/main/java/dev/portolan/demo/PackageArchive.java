package dev.portolan.demo;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.UserError;
import dev.portolan.setup.Apt;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import dev.portolan.setup.Rights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Packages of this machine's distribution on their way to an engine.
 *
 * @param file that is written meanwhile, and removed
 */
public record PackageArchive(ContainerEngine engine, Machine machine, Path file) {

    /**
     * Writes the archive, and makes it an image; the tool for that is installed where it is missing.
     *
     * @param command of {@link Bootstrap}, which writes it
     * @throws UserError when the packages cannot be had or unpacked
     */
    public void importAs(String reference, Command command, Rights rights, Consumer<String> progress) {
        if (!machine.run(Command.of(Bootstrap.TOOL, "--version")).succeeded()) {
            Apt.install(machine, rights, List.of(Bootstrap.TOOL), progress);
        }
        try {
            Machine.Result result = machine.run(command);
            if (!result.succeeded()) {
                throw new UserError(
                        "could not unpack the distribution's packages: " + result.lastWords(),
                        "run this to see all of it: " + command);
            }
            try (InputStream tar = Files.newInputStream(file)) {
                engine.importImage(reference, tar);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
