package dev.portolan.demo.hosts;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Logging;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Namespaces;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host is as a container. Pure. */
final class HostContainer {
    /** {@code systemctl reboot} ends the container in a way that is no success, after which the engine starts it again. */
    static final RestartPolicy RESTART = new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 0);

    /** Where the engine of the host reads the certificates of the authorities that it trusts. */
    private static final String CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

    private static final Duration SHUT_DOWN = Duration.ofSeconds(30);

    /** What mounts file systems, sets up networks and starts containers; it cannot be more than the engine of this machine may give. */
    private static final Security RIGHTS = new Security(
            false,
            List.of("ALL"),
            List.of("SYS_RESOURCE"), // which an engine in a container often has not itself, and hosts can do without
            List.of("seccomp=unconfined", "apparmor=unconfined"),
            List.of(),
            List.of(),
            List.of("a *:* rwm"),
            List.of(),
            Optional.of(new Namespaces("", "", "", "", "private")),
            true);

    private static final Map<String, String> IN_MEMORY =
            Map.of("/run", "exec,mode=755", "/run/lock", "mode=1777", "/tmp", "exec,mode=1777");

    private HostContainer() {}

    /**
     * @param image what the engine calls it
     * @param certificates file of this machine with those of the authorities that it trusts, if it has one
     * @param files in the order in which their contents are given to the engine
     */
    static ContainerSpec of(
            VirtualHost host, String image, String digest, Optional<Path> certificates, List<HostFile> files) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount(Mount.Kind.VOLUME, host.container(), "/var/lib/docker", false));
        certificates.ifPresent(file -> mounts.add(new Mount(Mount.Kind.BIND, file.toString(), CERTIFICATES, true)));
        ProcessSpec process = new ProcessSpec(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SHUT_DOWN,
                Optional.of(false),
                false,
                false);
        Networking networking = new Networking(
                List.of(new NetworkAttachment(HostNetwork.name(host.fleet()), List.of())),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(host.name()),
                List.of(),
                List.of());
        return new ContainerSpec(
                new ImageSource.Pulled(image, digest),
                process,
                Optional.empty(),
                networking,
                new Storage(mounts, files.stream().map(HostFile::inContainer).toList(), IN_MEMORY, false),
                new Resources(0, 0, 0, 0, 0, Map.of(), Map.of()),
                RIGHTS,
                Map.of(),
                RestartPolicy.NEVER,
                new Logging("local", Map.of()));
    }

    /**
     * A file that a host is given when it is made.
     *
     * @param path absolute
     * @param owner number of its user and group
     * @param content may be a private key
     */
    record HostFile(String path, int mode, int owner, Secret content) {

        FileInContainer inContainer() {
            return new FileInContainer(path, new FileSource.Inline(""), "", mode, owner, owner);
        }
    }
}
