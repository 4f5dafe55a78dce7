package dev.portolan.testing;

import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.demo.hosts.VirtualHost;
import dev.portolan.demo.hosts.VirtualHosts;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import dev.portolan.setup.LocalMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * Virtual hosts for tests, on the engine of the tests: {@code dublin-1}, {@code dublin-2} and {@code sydney-1}. They start with
 * whichever test asks first, and are shared by all tests of the run: a test leaves each host as it found it, without containers.
 */
public final class TestFleet {
    private static final Path FOLDER = Path.of("/var/lib/portolan-test");
    private static final Map<String, Integer> REGIONS = Map.of("dublin", 2, "sydney", 1);

    private final TestEngine engine;
    private final ContainerEngine outer;
    private final VirtualHosts hosts;
    private final HostShell shell;

    private TestFleet(TestEngine engine, ContainerEngine outer, VirtualHosts hosts) {
        this.engine = engine;
        this.outer = outer;
        this.hosts = hosts;
        this.shell = new HostShell(outer);
    }

    /** Starts once, with whichever test asks first. */
    private static final class Shared {
        private static final TestFleet FLEET = start(TestEngine.shared());
    }

    /** The fleet of this run. A test that needs one is skipped, and says so, where none can be had. */
    public static TestFleet shared() {
        TestEngine.shared();
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "needs root for virtual hosts and what befalls them");
        return Shared.FLEET;
    }

    private static TestFleet start(TestEngine engine) {
        HostConnection here = engine.host(FOLDER); // holds nothing that has to be closed
        ContainerEngine outer = engine.open(here);
        long began = System.nanoTime();
        VirtualHosts hosts = start("tests", REGIONS, outer, here);
        System.out.printf("virtual hosts: ready after %.1f s%n", (System.nanoTime() - began) / 1e9);
        engine.beforeTheEnd(hosts::close);
        return new TestFleet(engine, outer, hosts);
    }

    private static VirtualHosts start(
            String name, Map<String, Integer> regions, ContainerEngine outer, HostConnection here) {
        try {
            return VirtualHosts.start(
                    name,
                    outer,
                    new LocalMachine(),
                    here.routes().read(),
                    FOLDER,
                    new TreeMap<>(regions),
                    line -> System.out.println("virtual hosts: " + line));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A fleet of a test's own beside the shared one. Whoever calls closes it. */
    public VirtualHosts another(String name, Map<String, Integer> regions) {
        return start(name, regions, outer, engine.host(FOLDER));
    }

    public VirtualHosts hosts() {
        return hosts;
    }

    /** @param name such as {@code dublin-1} */
    public VirtualHost host(String name) {
        return hosts.hosts().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The engine that the hosts are containers of. */
    public ContainerEngine outer() {
        return outer;
    }

    /** A client of a host's own engine. Whoever calls closes both. */
    public ContainerEngine open(HostConnection connection) {
        return new DockerEngine(connection);
    }

    public HostShell shell() {
        return shell;
    }

    public HostPower power() {
        return new HostPower(engine, outer, hosts, shell);
    }

    public HostWires wires() {
        return new HostWires(shell, Inside.of(engine));
    }

    public HostTroubles troubles() {
        return new HostTroubles(shell, Inside.of(engine), outer.info().memoryBytes());
    }

    /** Gives all hosts the demo's image of HAProxy, in which the proxies of regions run, and returns its name. */
    public String loadHaproxy() {
        String image = new DemoImages(outer, new LocalMachine(), FOLDER)
                .ensure(Set.of(DemoImage.HAPROXY), line -> System.out.println("virtual hosts: " + line))
                .references()
                .getOrDefault(DemoImage.HAPROXY, "");
        load(image);
        return image;
    }

    /** Gives all hosts images that the outer engine has, as {@code docker save | docker load}; those that they have stay. */
    public void load(String... references) {
        hosts.hosts().parallelStream().forEach(host -> List.of(references).forEach(image -> load(host, image)));
    }

    private void load(VirtualHost host, String reference) {
        try (HostConnection here = engine.host(FOLDER);
                HostConnection there = hosts.connect(host, "deploy");
                ContainerEngine nested = open(there)) {
            if (nested.imageDigest(reference).isPresent()) {
                return;
            }
            try (HttpConnection from = new HttpConnection(here.dial(here.engineSocket()));
                    HttpConnection to = new HttpConnection(dial(there));
                    HttpResponse image = from.send(HttpRequest.of("GET", "/images/" + reference + "/get"));
                    HttpResponse done = to.send(HttpRequest.of("POST", "/images/load?quiet=1")
                            .with("Content-Type", "application/x-tar")
                            .with(new HttpRequest.Stream(image.body())))) {
                String said = new String(done.readAll(), StandardCharsets.UTF_8);
                if (image.status() != 200 || done.status() != 200 || said.contains("\"error\"")) {
                    throw new IOException(
                            "image " + reference + " could not be loaded on " + host.name() + ": " + said);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ByteStream dial(HostConnection host) throws IOException {
        return host.dial(host.engineSocket());
    }
}
