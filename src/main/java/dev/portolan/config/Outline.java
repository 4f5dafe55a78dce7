package dev.portolan.config;

import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What portolan.yml alone says of an app. That is enough to find its journal and the releases stored beside it, so commands that
 * are about what is deployed need neither the Compose files nor the images.
 *
 * @param app the app's name
 * @param regions in the order of the file, the names
 * @param hosts of every region
 * @param keeper the host that keeps the lock and the journal
 */
public record Outline(String app, List<String> regions, List<Host> hosts, HostId keeper) {

    public Outline {
        regions = List.copyOf(regions);
        hosts = List.copyOf(hosts);
    }

    /** That of a folder; empty when its file cannot be read or has a problem, which {@link ConfigurationReader} then says. */
    public static Optional<Outline> read(Path folder) {
        return ConfigurationReader.file(folder).flatMap(file -> {
            try {
                return of(ConfigurationReader.text(file));
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        });
    }

    /** That of a file's text; empty when there is a problem in it. */
    public static Optional<Outline> of(String text) {
        Problems problems = new Problems();
        PortolanFile file = new PortolanFileReader(problems).read("portolan.yml", text);
        if (problems.hasErrors()) {
            return Optional.empty();
        }
        return file.regions().stream()
                .filter(region -> region.name().value().equals(file.primary()))
                .findFirst()
                .map(primary -> new Outline(
                        file.app().value(),
                        file.regions().stream()
                                .map(region -> region.name().value())
                                .toList(),
                        file.regions().stream()
                                .flatMap(region -> region.hostsById().stream())
                                .toList(),
                        new HostId(file.primary(), primary.hosts().getFirst().name())));
    }
}
