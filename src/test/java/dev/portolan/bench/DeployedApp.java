package dev.portolan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.bench.Program.Line;
import dev.portolan.bench.Program.Output;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.model.Desired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The demo's app in regions on this machine, by the command line, under a name of its own. Closing takes it away.
 */
final class DeployedApp implements AutoCloseable {
    private static final int LOOKS = 30;
    static final Duration MONITOR = Duration.ofSeconds(3);

    private final Machine machine;
    private final Path folder;
    private final int port;
    private String version = "v1";

    /** @param at since the command was started */
    record Event(Duration at, JsonNode content) {
        boolean is(String name) {
            return content.path("event").asText().equals(name);
        }

        boolean isCutOver() {
            return is("step-ended") && content.path("step").asText().startsWith("cut over ");
        }
    }

    private DeployedApp(Machine machine, String name, int regions) throws IOException {
        this.machine = machine;
        this.folder = Files.createDirectories(machine.folder().resolve(name));
        this.port = Machine.freePorts(regions + 1);
        StringBuilder text = new StringBuilder("app: " + name + "\nprimary: " + name + "-a\n");
        text.append("routes:\n  - { service: web, port: 3000, health: /heartbeat }\nregions:\n");
        List<String> places = List.of("dublin", "san-francisco", "sydney");
        for (int region = 0; region < regions; region++) {
            text.append("  " + name + "-" + (char) ('a' + region) + ": { at: " + places.get(region)
                    + ", hosts: [local] }\n");
        }
        text.append("rollout: { monitor: " + MONITOR.toSeconds() + "s, drain: 5s, keep: 10m }\n");
        text.append("traffic: { provider: edge, port: " + port + " }\n");
        Files.writeString(folder.resolve("portolan.yml"), text);
        Files.writeString(
                folder.resolve("compose.yaml"), machine.composeText().replaceFirst("(?m)^name: .*", "name: " + name));
    }

    /** Brings the first release to all regions. */
    static DeployedApp up(Machine machine, String name, int regions) throws IOException {
        DeployedApp app = new DeployedApp(machine, name, regions);
        try {
            app.deploy("v1");
            return app;
        } catch (IOException failed) {
            app.close();
            throw failed;
        }
    }

    /** Where the proxy of the first region listens. */
    int firstProxy() {
        return port + 1;
    }

    Desired release() {
        return ConfigurationReader.read(
                        folder,
                        ConfigurationReader.Options.of(
                                machine.variables(version),
                                reference -> machine.engine().imageDigest(reference)))
                .desired();
    }

    /** @return what the command said, as it said it */
    List<Event> deploy(String next) throws IOException {
        machine.variables(next); // its image is made now, not while it is timed
        version = next;
        return events(portolan("deploy", "--yes", "--output", "json"));
    }

    List<Event> rollback() throws IOException {
        return events(portolan("rollback", "--yes", "--output", "json"));
    }

    /** A rollback is done before the workers that it started again have passed their first health check. */
    void awaitHealthy() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                portolan("status");
                return;
            } catch (IOException notYet) {
                if (attempt == LOOKS) {
                    throw notYet;
                }
                Thread.sleep(1_000);
            }
        }
    }

    Output portolan(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(machine.launcher()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new TreeMap<>(machine.variables(version));
        environment.put("PORTOLAN_STATE", machine.folder().resolve("s").toString());
        return new Program(folder, environment).run(command);
    }

    private static List<Event> events(Output output) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Line line : output.lines()) {
            if (line.text().startsWith("{")) {
                events.add(new Event(line.at(), new ObjectMapper().readTree(line.text())));
            }
        }
        return events;
    }

    /** When the last of some events happened. */
    static Duration last(List<Event> events, java.util.function.Predicate<Event> which) {
        return events.stream()
                .filter(which)
                .map(Event::at)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("the command did not say so: " + events));
    }

    @Override
    public void close() throws IOException {
        portolan("down", "--volumes", "--yes");
        // What waits in the background to stop the release before has nothing left to do
        ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .containsAll(List.of("retire", folder.toString())))
                .forEach(ProcessHandle::destroy);
    }
}
