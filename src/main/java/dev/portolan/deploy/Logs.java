package dev.portolan.deploy;

import dev.portolan.logs.Following;
import dev.portolan.logs.LogEntry;
import dev.portolan.logs.LogSource;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the containers of an app say, in all regions, merged by time. */
public final class Logs {
    private final App app;

    public Logs(App app) {
        this.app = app;
    }

    /**
     * Which lines.
     *
     * @param service empty for all
     * @param region empty for all
     * @param tail how many of the last lines of each container; -1 for all
     */
    public record Selection(Optional<String> service, Optional<String> region, int tail) {}

    /** The lines so far, in the order of their times. */
    public List<LogEntry> read(Selection selection) {
        List<List<LogEntry>> parts = app.runner().map(sources(selection), source -> {
            List<LogEntry> lines = new ArrayList<>();
            app.fleet()
                    .on(source.host())
                    .engine()
                    .logs(
                            source.container(),
                            false,
                            selection.tail(),
                            line -> lines.add(new LogEntry(source, line.time(), line.error(), line.text())));
            return lines;
        });
        return parts.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(LogEntry::time))
                .toList();
    }

    /** The lines so far and those to come, of containers to come too, until the thread is interrupted. */
    public void follow(Selection selection, Consumer<LogEntry> lines) {
        new Following(() -> sources(selection), host -> app.fleet().on(host).engine()).follow(selection.tail(), lines);
    }

    private List<LogSource> sources(Selection selection) {
        Containers containers = Containers.ofCommitted(app);
        selection.region().ifPresent(containers::requireRegion);
        selection.service().ifPresent(service -> containers.service(containers.region(selection.region()), service));
        return app
                .runner()
                .map(containers.hosts(selection.region()), host -> sources(containers, host, selection))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Those that run; of a service of which none does, those that did. */
    private static List<LogSource> sources(Containers containers, HostId host, Selection selection) {
        List<ContainerState> all = containers.on(host).stream()
                .filter(container -> selection.service().isEmpty()
                        || container.service().equals(selection.service().get()))
                .toList();
        Set<String> running = all.stream()
                .filter(ContainerState::running)
                .map(ContainerState::service)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(container -> container.running() || !running.contains(container.service()))
                .map(container -> new LogSource(host, container.service(), container.replica(), container.name()))
                .toList();
    }
}
