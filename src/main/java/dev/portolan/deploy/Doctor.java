package dev.portolan.deploy;

import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.model.PortsTaken;
import dev.portolan.model.Problem;
import dev.portolan.model.UserError;
import dev.portolan.plan.Externals.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges whether this machine and the configuration are fit for a deploy. Pure: what it judges are facts. */
public final class Doctor {
    private static final List<Integer> OLDEST_API = List.of(1, 41);
    private static final long GIGABYTE = 1_000_000_000;
    private static final long ENOUGH_DISK = 2 * GIGABYTE;
    private static final long SOME_DISK = 10 * GIGABYTE;
    private static final long ENOUGH_MEMORY = GIGABYTE;

    private Doctor() {}

    /** The engine, or why it does not answer. */
    public sealed interface Engine {
        record Answers(EngineInfo info) implements Engine {}

        record Silent(UserError why) implements Engine {}
    }

    /** The configuration, or what is wrong with it. */
    public sealed interface Configured {
        record Valid(String app, List<Problem> warnings) implements Configured {}

        record Broken(List<Problem> problems) implements Configured {}

        /** There is none in the folder. */
        record Missing(String folder) implements Configured {}
    }

    /** @param holder of a port: {@code free}, the app's own proxies, or somebody else */
    public record Port(int number, String purpose, Holder holder) {
        public enum Holder {
            FREE,
            OURS,
            SOMEBODY_ELSE
        }
    }

    /**
     * A folder.
     *
     * @param problem why it cannot be written; empty when it can
     * @param freeBytes on its disk
     */
    public record Folder(String path, Optional<String> problem, long freeBytes) {}

    /**
     * What was found out.
     *
     * @param images the folder of the engine's images and containers, when it can be looked at
     * @param proxyImage whether the engine has HAProxy's image; empty when it does not answer
     * @param missing what the Compose file calls external and a host does not have
     */
    public record Facts(
            Engine engine,
            Folder state,
            Optional<Folder> images,
            Optional<Boolean> proxyImage,
            Configured configuration,
            List<Port> ports,
            List<Missing> missing) {}

    public static List<Finding> findings(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        switch (facts.engine()) {
            case Engine.Answers(EngineInfo info) -> engine(info, findings);
            case Engine.Silent(UserError why) -> findings.add(Finding.wrong("engine", why.message(), why.remedy()));
        }
        findings.add(facts.state()
                .problem()
                .map(problem -> Finding.wrong(
                        "state folder",
                        facts.state().path() + " cannot be written: " + problem,
                        "correct its rights, or choose another with PORTOLAN_STATE"))
                .orElseGet(() -> Finding.good("state folder", facts.state().path() + " can be written")));
        findings.add(disk("disk", facts.state()));
        facts.images().ifPresent(folder -> findings.add(disk("disk of images", folder)));
        facts.proxyImage()
                .ifPresent(present -> findings.add(
                        present
                                ? Finding.good("proxy image", "the engine has it")
                                : Finding.advice(
                                        "proxy image",
                                        "the engine does not have it yet",
                                        "the first deploy fetches or builds it; nothing to do")));
        findings.add(configuration(facts.configuration()));
        facts.ports().stream().map(Doctor::port).forEach(findings::add);
        facts.missing().stream().map(Doctor::missing).forEach(findings::add);
        return List.copyOf(findings);
    }

    private static void engine(EngineInfo info, List<Finding> findings) {
        String version = "Docker Engine " + info.version() + ", API " + info.apiVersion();
        findings.add(
                old(info.apiVersion())
                        ? Finding.wrong(
                                "engine",
                                version + " is older than API " + OLDEST_API.get(0) + "." + OLDEST_API.get(1),
                                "upgrade Docker to 20.10 or newer")
                        : Finding.good("engine", version));
        findings.add(
                info.liveRestore()
                        ? Finding.good("live restore", "containers outlive a restart of the engine")
                        : Finding.advice(
                                "live restore",
                                "off: a restart of the engine, such as an upgrade, stops every container",
                                "write { \"live-restore\": true } into /etc/docker/daemon.json, then: systemctl reload"
                                        + " docker"));
        findings.add(
                info.memoryBytes() < ENOUGH_MEMORY
                        ? Finding.advice(
                                "memory",
                                gigabytes(info.memoryBytes()) + "; during a deploy old and new containers run together",
                                "watch it during a deploy, or add some")
                        : Finding.good("memory", gigabytes(info.memoryBytes())));
    }

    private static boolean old(String apiVersion) {
        String[] parts = apiVersion.split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return major < OLDEST_API.get(0) || (major == OLDEST_API.get(0) && minor < OLDEST_API.get(1));
        } catch (NumberFormatException strange) {
            return true;
        }
    }

    private static Finding disk(String subject, Folder folder) {
        String free = gigabytes(folder.freeBytes()) + " free at " + folder.path();
        if (folder.freeBytes() < ENOUGH_DISK) {
            return Finding.wrong(subject, free, "make room, for example with: docker image prune --all");
        }
        return folder.freeBytes() < SOME_DISK
                ? Finding.advice(subject, free, "make room before long, for example with: docker image prune --all")
                : Finding.good(subject, free);
    }

    private static Finding configuration(Configured configuration) {
        return switch (configuration) {
            case Configured.Valid(String app, List<Problem> warnings)
            when warnings.isEmpty() -> Finding.good("configuration", "the app " + app + " is valid");
            case Configured.Valid(String app, List<Problem> warnings) ->
                Finding.advice(
                        "configuration",
                        "the app " + app + " is valid, with a warning: " + warnings.getFirst(),
                        "see all of it with: portolan plan");
            case Configured.Broken(List<Problem> problems) ->
                Finding.wrong(
                        "configuration",
                        problems.getFirst() + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""),
                        "see all of it with: portolan plan");
            case Configured.Missing(String folder) ->
                Finding.advice(
                        "configuration",
                        "there is no portolan.yml and no compose.yaml in " + folder,
                        "go to your app's folder, or name it with -C DIR");
        };
    }

    private static Finding port(Port port) {
        String subject = "port " + port.number();
        return switch (port.holder()) {
            case FREE -> Finding.good(subject, "free, for " + port.purpose());
            case OURS -> Finding.good(subject, port.purpose() + " listens there");
            case SOMEBODY_ELSE ->
                Finding.wrong(
                        subject,
                        "another program listens there; it is wanted for " + port.purpose(),
                        PortsTaken.remedy(List.of(":" + port.number())));
        };
    }

    private static Finding missing(Missing missing) {
        return Finding.wrong(
                missing.kind() + " " + missing.name(),
                "the Compose file calls it external, and " + missing.host() + " does not have it",
                "make it with: " + missing.command());
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE);
    }
}
