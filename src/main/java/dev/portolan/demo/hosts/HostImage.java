package dev.portolan.demo.hosts;

import dev.portolan.build.BuildFolder;
import dev.portolan.demo.Bootstrap;
import dev.portolan.demo.DemoFiles;
import dev.portolan.demo.MemoryFolder;
import dev.portolan.demo.PackageArchive;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import dev.portolan.setup.MachineFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that an engine has the image of hosts: on Debian's image of Docker Hub, or where that cannot be reached, on the packages
 * of this machine's distribution. It is named by what it is made of, and an engine that has it does not make it again.
 */
public final class HostImage {
    private static final String HUB = "debian:bookworm-slim";

    private static final List<String> PACKAGES = List.of(
            "systemd-sysv",
            "dbus",
            "openssh-server",
            "docker.io",
            "iptables",
            "iproute2",
            "libfaketime"); // so that a host's clock can be wrong: the kernel's is everybody's

    /** A third of the size: texts, the Perl and gconv modules that only other packages use, and programs that no engine starts. */
    private static final List<String> LEFT_OUT = List.of(
            "usr/share/doc",
            "usr/share/man",
            "usr/share/locale",
            "usr/share/info",
            "usr/share/i18n",
            "usr/share/perl",
            "usr/lib/*/perl",
            "usr/lib/*/gconv",
            "usr/bin/ctr",
            "usr/sbin/dnet",
            "usr/sbin/ovrouter",
            "usr/bin/containerd-shim",
            "usr/bin/containerd-shim-runc-v1",
            "usr/bin/containerd-stress");

    private static final Duration REACH_LIMIT = Duration.ofSeconds(8);

    private static final int UNPACKED_MEBIBYTES = 500;

    private final ContainerEngine engine;
    private final Machine machine;
    private final Path folder;
    private final String files;

    /**
     * @param engine of this machine
     * @param folder of Portolan's own files
     */
    public HostImage(ContainerEngine engine, Machine machine, Path folder) {
        this.engine = engine;
        this.machine = machine;
        this.folder = folder.resolve("hosts");
        try {
            DemoFiles.HOSTS.writeTo(this.folder);
            this.files = BuildFolder.open(this.folder, "Dockerfile").contentHash();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Returns once the engine has the image.
     *
     * @param progress one line for each thing that is done, and why
     * @return what the engine calls it
     * @throws UserError when it can neither be fetched nor made here
     */
    public String ensure(Consumer<String> progress) {
        String onHub = name(HUB);
        if (engine.imageDigest(onHub).isPresent()) {
            return onHub;
        }
        Bootstrap bootstrap = Bootstrap.of(machine);
        String base = "portolan/host-packages:" + hash(bootstrap.codename() + PACKAGES + LEFT_OUT);
        String onPackages = name(base);
        if (engine.imageDigest(onPackages).isPresent()) {
            return onPackages;
        }
        Optional<String> digest = hubDigest();
        String obstacle = "Docker Hub cannot be reached";
        if (digest.isPresent()) {
            progress.accept("building the image of hosts on " + HUB + " of Docker Hub");
            try {
                engine.pull(new ImageSource.Pulled(HUB, digest.get()), line -> {});
                return build(onHub, HUB);
            } catch (EngineException failed) {
                obstacle = failed.message();
            }
        }
        if (engine.imageDigest(base).isEmpty()) {
            progress.accept(obstacle + ", so the image of hosts is made from the packages of " + bootstrap.codename());
            unpack(bootstrap, base, progress);
        }
        return build(onPackages, base);
    }

    /** Where packets get lost on the way, one would wait for an answer for long. */
    private Optional<String> hubDigest() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Optional<String>> question = () -> engine.registryDigest(HUB);
            var answer = threads.invokeAll(List.of(question), REACH_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .getFirst();
            return answer.state() == Future.State.SUCCESS ? answer.resultNow() : Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while looking for an image", "run the command again", ExitCode.FAILED, interrupted);
        }
    }

    private String name(String base) {
        return "portolan/host:" + hash(base + PACKAGES + files);
    }

    private static String hash(String content) {
        return Fingerprint.of(content).substring(0, 12);
    }

    private String build(String reference, String base) {
        engine.build(
                new ImageSource.Built(
                        reference,
                        folder.toString(),
                        "Dockerfile",
                        Map.of("BASE", base, "PACKAGES", String.join(" ", PACKAGES)),
                        Optional.empty()),
                line -> {});
        return reference;
    }

    private void unpack(Bootstrap bootstrap, String reference, Consumer<String> progress) {
        MachineFacts facts = machine.facts();
        if (!facts.hasApt() || bootstrap.sources().isEmpty()) {
            throw new UserError(
                    "Docker Hub cannot be reached, and hosts can be made from packages on Debian and Ubuntu only",
                    "give this machine a way to Docker Hub, or load the image by docker load: " + HUB);
        }
        Path archive = folder.resolveSibling("host-packages.tar");
        Command command = bootstrap.machine(
                PACKAGES, LEFT_OUT, MemoryFolder.of(machine, UNPACKED_MEBIBYTES), facts.rights(), archive);
        new PackageArchive(engine, machine, archive).importAs(reference, command, facts.rights(), progress);
    }
}
