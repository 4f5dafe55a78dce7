package dev.portolan.cli;

import dev.portolan.config.Configuration;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Doctor;
import dev.portolan.deploy.Doctor.Configured;
import dev.portolan.deploy.Doctor.Engine;
import dev.portolan.deploy.Doctor.Folder;
import dev.portolan.deploy.Doctor.Port;
import dev.portolan.fleet.Fleet;
import dev.portolan.model.Desired;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Pools;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UserError;
import dev.portolan.plan.Externals;
import dev.portolan.plan.Externals.Missing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out the facts that {@link Doctor} judges. */
final class Examination {
    private static final Path ENGINE_FOLDER = Path.of("/var/lib/docker");
    private static final List<String> COMPOSE_FILES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    private final Session session;

    Examination(Session session) {
        this.session = session;
    }

    Doctor.Facts facts() {
        Engine engine = engine();
        boolean answers = engine instanceof Engine.Answers;
        Optional<Configuration> configuration = Optional.empty();
        Configured configured;
        try {
            Project project = session.project();
            if (!project.hasFile()
                    && COMPOSE_FILES.stream()
                            .noneMatch(name -> Files.exists(project.folder().resolve(name)))) {
                configured = new Configured.Missing(project.folder().toString());
            } else {
                configuration = Optional.of(project.unresolved());
                configured = new Configured.Valid(
                        configuration.get().desired().app(), configuration.get().warnings());
            }
        } catch (InvalidConfiguration invalid) {
            configured = new Configured.Broken(invalid.problems());
        }
        return new Doctor.Facts(
                engine,
                stateFolder(),
                Files.isDirectory(ENGINE_FOLDER)
                        ? Optional.of(new Folder(ENGINE_FOLDER.toString(), Optional.empty(), free(ENGINE_FOLDER)))
                        : Optional.empty(),
                answers ? Optional.of(session.parts().proxyImage().isPresent()) : Optional.empty(),
                configured,
                configuration.map(found -> ports(found.desired())).orElse(List.of()),
                configuration
                        .filter(found -> answers)
                        .map(found -> missing(found.desired()))
                        .orElse(List.of()));
    }

    private Engine engine() {
        try {
            return new Engine.Answers(session.parts().engine().info());
        } catch (UserError silent) {
            return new Engine.Silent(silent);
        }
    }

    private Folder stateFolder() {
        Path state = session.parts().state();
        Optional<String> problem = Optional.empty();
        try {
            Files.createDirectories(state);
            Files.delete(Files.createTempFile(state, "doctor", ".tmp"));
        } catch (IOException unwritable) {
            problem = Optional.of(unwritable.toString());
        }
        Path existing = state;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return new Folder(state.toString(), problem, free(existing));
    }

    private static long free(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    private List<Port> ports(Desired desired) {
        Fleet fleet = session.app(
                        desired.app(), desired.hosts(), desired.keeper().id(), session.parts())
                .fleet();
        List<Port> ports = new ArrayList<>();
        if (desired.traffic() instanceof TrafficSettings.Edge(int port)) {
            List<String> taken = known(() -> fleet.traffic().taken(Pools.of(desired)));
            if (!Route.http(desired.routes()).isEmpty()) {
                ports.add(port(":" + port, "the edge", taken));
            }
            Route.tcp(desired.routes())
                    .forEach(route -> ports.add(port(":" + route.listen(), "the edge, for " + route.service(), taken)));
        }
        desired.regions()
                .forEach(region -> region.hosts().forEach(host -> {
                    ProxySettings settings = ProxySettings.of(desired, host);
                    List<String> taken = known(() -> fleet.on(host.id()).proxy().taken(settings));
                    settings.binds().forEach(bind -> ports.add(port(bind, "the proxy of " + region.name(), taken)));
                }));
        return ports;
    }

    /** Where nobody can say who it is that listens, it is taken for ours. */
    private static List<String> known(Supplier<List<String>> question) {
        try {
            return question.get();
        } catch (UserError silent) {
            return List.of();
        }
    }

    private static Port port(String bind, String purpose, List<String> taken) {
        int number = Integer.parseInt(bind.substring(bind.lastIndexOf(':') + 1));
        if (taken.contains(bind)) {
            return new Port(number, purpose, Port.Holder.SOMEBODY_ELSE);
        }
        return new Port(number, purpose, free(number) ? Port.Holder.FREE : Port.Holder.OURS);
    }

    /** Of hosts that do not answer nothing is known. */
    private List<Missing> missing(Desired desired) {
        App app = session.app(desired.app(), desired.hosts(), desired.keeper().id(), session.parts());
        return Externals.missing(desired, app.observe(List.of(desired)));
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
