package dev.portolan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo's app under Docker Compose. Closing takes it away. */
final class ComposeProject implements AutoCloseable {
    /** Names the program where {@code docker compose} does not work. */
    static final String VARIABLE = "PORTOLAN_BENCH_COMPOSE";

    /** Where it cannot be called at all. */
    static final String LEFT_OUT =
            "Docker Compose was left out: there is no \"docker compose\" here, and " + VARIABLE + " names no program.";

    private static final String NAME = "portolan-bench-compose";

    /** What a careful person puts before two replicas: checked, found by name, and asked again when one does not answer. */
    private static final String PROXY = """
            global
              maxconn 2000
            resolvers engine
              nameserver dns 127.0.0.11:53
              hold valid 1s
              resolve_retries 3
            defaults
              mode http
              timeout connect 1s
              timeout client 60s
              timeout server 60s
              retries 3
              option redispatch 1
              retry-on conn-failure empty-response
            listen web
              bind :8080
              option httpchk GET /heartbeat
              default-server check inter 500ms fall 2 rise 1 resolvers engine init-addr libc,none
              server-template web 4 web:3000
            """;

    private static final String PROXY_SERVICE = """
            services:
              proxy:
                image: ${HAPROXY_IMAGE}
                command: [haproxy, -W, -db, -f, /etc/bench/haproxy.cfg]
                volumes: ["./proxy:/etc/bench:ro"]
                ports: ["127.0.0.1:${PROXY_PORT}:8080"]
                depends_on: [web]
            """;

    private final Machine machine;
    private final List<String> command;
    private final boolean proxy;
    private final Path folder;
    private final int port;

    /** @param proxy whether two replicas stand behind a proxy; otherwise one has its port published, as two cannot */
    ComposeProject(Machine machine, List<String> command, boolean proxy) throws IOException {
        this.machine = machine;
        this.proxy = proxy;
        this.port = Machine.freePorts(1);
        this.folder = Files.createDirectories(machine.folder().resolve(proxy ? "compose-proxy" : "compose"));
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("-p", NAME, "-f", "compose.yaml"));
        String text = machine.composeText();
        if (proxy) {
            Files.writeString(Files.createDirectories(folder.resolve("proxy")).resolve("haproxy.cfg"), PROXY);
            Files.writeString(folder.resolve("proxy.yaml"), PROXY_SERVICE);
            words.addAll(List.of("-f", "proxy.yaml"));
        } else {
            text = text.replace("ports: [\"3000\"]", "ports: [\"127.0.0.1:" + port + ":3000\"]")
                    .replace("replicas: 2", "replicas: 1");
        }
        Files.writeString(folder.resolve("compose.yaml"), text);
        this.command = List.copyOf(words);
    }

    /** How Docker Compose is called here; empty when it cannot be. */
    static Optional<List<String>> command() {
        String given = System.getenv().getOrDefault(VARIABLE, "");
        List<String> command = given.isEmpty() ? List.of("docker", "compose") : List.of(given);
        List<String> version = new ArrayList<>(command);
        version.add("version");
        try {
            new Program(Path.of("/"), Map.of()).run(version);
            return Optional.of(command);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    int port() {
        return port;
    }

    void up(String version) throws IOException {
        run(version, "up", "-d");
    }

    /** Of what readers go through before they get to the app. */
    ProcessorTime processorTime() {
        return proxy
                ? ProcessorTime.ofContainer(machine.engine()
                                .container(NAME + "-proxy-1")
                                .orElseThrow()
                                .id())
                        .and(ProcessorTime.ofPublishedPort(port))
                : ProcessorTime.ofPublishedPort(port);
    }

    private void run(String version, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(arguments));
        Map<String, String> variables = machine.variables(version);
        variables.put("PROXY_PORT", Integer.toString(port));
        new Program(folder, variables).run(words);
    }

    @Override
    public void close() throws IOException {
        run("v1", "down", "--volumes", "--timeout", "2");
    }
}
