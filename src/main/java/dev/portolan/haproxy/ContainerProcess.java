package dev.portolan.haproxy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * HAProxy in a container on the host's own network: readers reach it without the engine's port forwarding, so it goes on
 * while the engine restarts, and it sees their addresses.
 *
 * @param name of the container
 * @param role value of {@link Labels#ROLE}
 */
public record ContainerProcess(ContainerEngine engine, String name, String role, ImageSource image)
        implements HaproxyProcess {
    @Override
    public void start(HaproxyFolder folder) {
        ContainerSpec spec = spec(folder);
        String hash = Fingerprint.of(spec.toString()).substring(0, 12);
        Optional<ContainerState> existing = engine.container(name);
        if (existing.isPresent() && existing.get().running()) {
            return;
        }
        if (existing.isPresent() && !existing.get().configHash().equals(hash)) {
            engine.remove(name);
            existing = Optional.empty();
        }
        if (existing.isEmpty()) {
            engine.create(name, spec, Map.of(Labels.ROLE, role, Labels.CONFIG_HASH, hash), Optional.empty(), List.of());
        }
        engine.updateRestart(name, RestartPolicy.ALWAYS);
        engine.start(name);
    }

    @Override
    public void remove() {
        engine.remove(name);
    }

    @Override
    public String lastWords() {
        try {
            StringJoiner lines = new StringJoiner("\n");
            engine.logs(name, false, 10, line -> lines.add(line.text()));
            return lines.toString();
        } catch (UserError e) {
            return e.message();
        }
    }

    @Override
    public boolean startsAsRoot() {
        return true;
    }

    private ContainerSpec spec(HaproxyFolder folder) {
        return new ContainerSpec(
                image,
                new ContainerSpec.ProcessSpec(
                        Optional.of(folder.command()),
                        Optional.of(List.of()), // the image's own entry point would add options
                        Map.of(),
                        Optional.of("0:0"),
                        Optional.of("/"),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        false,
                        false),
                Optional.empty(),
                new ContainerSpec.Networking(
                        List.of(), Optional.of("host"), List.of(), List.of(), Optional.empty(), List.of(), List.of()),
                new ContainerSpec.Storage(
                        List.of(new ContainerSpec.Mount(
                                ContainerSpec.Mount.Kind.BIND, folder.absolute(), folder.absolute(), false)),
                        List.of(),
                        Map.of(),
                        false),
                new ContainerSpec.Resources(0, 0, 0, 0, 0, Map.of(), Map.of()),
                new ContainerSpec.Security(false, List.of(), List.of(), List.of(), List.of(), List.of()),
                Map.of(),
                RestartPolicy.ALWAYS,
                new ContainerSpec.Logging("local", Map.of("max-size", "5m", "max-file", "2")));
    }
}
