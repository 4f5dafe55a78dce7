package dev.portolan.cli;

import dev.portolan.config.Configuration;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Doctor;
import dev.portolan.deploy.Doctor.Configured;
import dev.portolan.deploy.Doctor.Engine;
import dev.portolan.deploy.Doctor.Folder;
import dev.portolan.deploy.Doctor.Port;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.Desired;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.ProxyPorts;
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
                configuration.map(found -> ports(found.desired(), answers)).orElse(List.of()),
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

    private List<Port> ports(Desired desired, boolean engineAnswers) {
        List<Port> ports = new ArrayList<>();
        boolean edgeRuns = engineAnswers && runs(session.parts().engine(), "portolan-edge-" + desired.app());
        if (desired.traffic() instanceof TrafficSettings.Edge(int port)) {
            if (!Route.http(desired.routes()).isEmpty()) {
                ports.add(new Port(port, "the edge", holder(port, edgeRuns)));
            }
            Route.tcp(desired.routes())
                    .forEach(route -> ports.add(new Port(
                            route.listen(), "the edge, for " + route.service(), holder(route.listen(), edgeRuns))));
        }
        desired.regions()
                .forEach(region -> region.hosts().forEach(host -> {
                    boolean runs = engineAnswers
                            && runs(session.parts().engine(), ProxyPorts.containerNameOf(desired.app(), host));
                    ProxySettings.of(desired, host).binds().forEach(bind -> {
                        int port = Integer.parseInt(bind.substring(bind.lastIndexOf(':') + 1));
                        ports.add(new Port(port, "the proxy of " + region.name(), holder(port, runs)));
                    });
                }));
        return ports;
    }

    /** Of hosts that do not answer nothing is known. */
    private List<Missing> missing(Desired desired) {
        App app = session.app(desired.app(), desired.keeper().id(), session.parts());
        return Externals.missing(desired, app.observe(List.of(desired)));
    }

    private static boolean runs(ContainerEngine engine, String container) {
        return engine.container(container).filter(state -> state.running()).isPresent();
    }

    private static Port.Holder holder(int port, boolean ours) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Port.Holder.FREE;
        } catch (IOException taken) {
            return ours ? Port.Holder.OURS : Port.Holder.SOMEBODY_ELSE;
        }
    }
}
