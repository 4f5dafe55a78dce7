package dev.portolan.bench;

import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.ProxyPorts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A new release of the same app under the same readers, in one region: by {@code docker compose up -d} as most people have it, by the
 * same with a proxy in front of two replicas, and by Portolan.
 */
record ComposePart(Machine machine, Report report) {
    private static final Duration BEFORE = Duration.ofSeconds(6);
    private static final Duration AFTER = Duration.ofSeconds(6);

    @FunctionalInterface
    private interface Update {
        void run() throws Exception;
    }

    /** How an update went. */
    private record Went(Duration took, LoadReport load, Duration processorTimePerRequest) {}

    void run() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "requests", "failed", "longest gap", "wall time", "proxy CPU a request"));
        Optional<List<String>> compose = ComposeProject.command();
        if (compose.isPresent()) {
            rows.add(row("docker compose up -d", byCompose(compose.get(), false)));
            rows.add(row("docker compose up -d, HAProxy in front", byCompose(compose.get(), true)));
        }
        rows.add(row("portolan deploy", byPortolan()));
        report.heading("A new release under readers, one region");
        if (compose.isEmpty()) {
            report.say(ComposeProject.LEFT_OUT);
        }
        report.table(rows);
        report.say("  portolan deploy watches the new release for " + DeployedApp.MONITOR.toSeconds()
                + " s of its wall time, and waits until it is healthy; up -d does neither.");
    }

    private Went byCompose(List<String> command, boolean proxy) throws Exception {
        try (ComposeProject project = new ComposeProject(machine, command, proxy)) {
            project.up("v1");
            awaitHealthy(project.port());
            return underLoad(project.port(), project.processorTime(), () -> project.up("v2"));
        }
    }

    private Went byPortolan() throws Exception {
        try (DeployedApp app = DeployedApp.up(machine, "alone", 1)) {
            Desired release = app.release();
            String name = ProxyPorts.containerNameOf(release.app(), release.keeper());
            ContainerState proxy = machine.engine().container(name).orElseThrow();
            machine.variables("v2");
            return underLoad(app.firstProxy(), ProcessorTime.ofContainer(proxy.id()), () -> app.deploy("v2"));
        }
    }

    private static Went underLoad(int port, ProcessorTime proxy, Update update) throws Exception {
        try (Load load = Load.start(readers(port))) {
            Thread.sleep(BEFORE.dividedBy(3));
            long answeredBefore = load.snapshot().succeeded();
            Duration usedBefore = proxy.used();
            Thread.sleep(BEFORE);
            Duration used = proxy.used().minus(usedBefore);
            long answered = load.snapshot().succeeded() - answeredBefore;
            long began = System.nanoTime();
            update.run();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Thread.sleep(AFTER);
            return new Went(took, load.stop(), used.dividedBy(Math.max(1, answered)));
        }
    }

    private static List<Reader> readers(int port) {
        String there = "127.0.0.1:" + port;
        return List.of(
                reader(ReaderKind.KEEP_ALIVE, "http://" + there + "/", 40),
                reader(ReaderKind.NEW_CONNECTION, "http://" + there + "/", 10),
                reader(ReaderKind.POST, "http://" + there + "/orders", 8),
                reader(ReaderKind.SLOW, "http://" + there + "/slow?ms=1200", 2),
                reader(ReaderKind.WEB_SOCKET, "ws://" + there + "/ws", 4));
    }

    private static Reader reader(ReaderKind kind, String page, int perSecond) {
        return Reader.of("here", kind, URI.create(page), Rate.perSecond(perSecond));
    }

    private static void awaitHealthy(int port) throws InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            if (HandMade.answers(URI.create("http://127.0.0.1:" + port + "/heartbeat"))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the app did not become healthy under Docker Compose");
    }

    private static List<String> row(String name, Went went) {
        return List.of(
                name,
                String.format(Locale.ROOT, "%,d", went.load().requests()),
                String.format(Locale.ROOT, "%,d", went.load().failed()),
                Times.text(went.load().places().getFirst().figures().longestGap()),
                Times.text(went.took()),
                went.processorTimePerRequest().toNanos() / 1000 + " us");
    }
}
