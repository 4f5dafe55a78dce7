package dev.portolan.demo.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.demo.hosts.HostContainer.HostFile;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.host.HostConnection;
import dev.portolan.host.ssh.SshClients;
import dev.portolan.host.ssh.SshHost;
import dev.portolan.model.ExitCode;
import dev.portolan.model.HostAddress;
import dev.portolan.model.Labels;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.model.VolumeSpec;
import dev.portolan.setup.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A fleet on one machine. Its hosts share the machine's kernel, so its clock and its modules, and nothing else: they start, are
 * reached over SSH, fail and come back each by itself. What a fleet that was killed has left is removed before the next one of its
 * name is made.
 */
public final class VirtualHosts implements AutoCloseable {
    /** More at once would only wait for each other. */
    private static final int AT_ONCE = 3;

    private static final String FLEET = "portolan.fleet";

    private final String name;
    private final ContainerEngine engine;
    private final HostKeys keys;
    private final List<VirtualHost> hosts;
    private final SshClients clients;

    private VirtualHosts(String name, ContainerEngine engine, HostKeys keys, List<VirtualHost> hosts) {
        this.name = name;
        this.engine = engine;
        this.keys = keys;
        this.hosts = hosts;
        this.clients = new SshClients(
                Map.of("PORTOLAN_SSH_CONFIG", keys.config().toString(), "PATH", "/usr/local/bin:/usr/bin:/bin"),
                keys.folder(),
                "deploy",
                (key, again) -> Optional.empty());
    }

    /**
     * Makes hosts, and returns once each lets SSH in and its engine answers.
     *
     * @param name of the fleet: small letters
     * @param engine of this machine; stays open when the fleet is closed
     * @param routes networks that this machine has, such as {@code 10.8.0.0/16}
     * @param folder of Portolan's own files
     * @param regions how many hosts each has; one or more
     * @param progress one line for each thing that is done
     * @throws UserError when this machine cannot have such hosts, or they do not start; nothing is left then
     */
    public static VirtualHosts start(
            String name,
            ContainerEngine engine,
            Machine machine,
            Set<String> routes,
            Path folder,
            SortedMap<String, Integer> regions,
            Consumer<String> progress) {
        String image = new HostImage(engine, machine, folder).ensure(progress);
        removeAll(engine, name);
        List<String> taken = new ArrayList<>(routes);
        taken.addAll(engine.networks().values());
        HostNetwork network = HostNetwork.free(name, taken);
        List<VirtualHost> hosts = VirtualHost.of(name, regions, network.prefix());
        progress.accept(
                "starting hosts: " + hosts.stream().map(VirtualHost::name).collect(Collectors.joining(", ")));
        try {
            HostKeys keys = HostKeys.make(machine, folder.resolve("hosts-" + name), hosts);
            VirtualHosts fleet = new VirtualHosts(name, engine, keys, hosts);
            try {
                engine.ensureNetwork(network.spec(), network.subnet(), network.dynamicRange(), labels(name));
                together(hosts.stream()
                        .map(host -> (Runnable) () -> fleet.make(host, image, machine))
                        .toList());
                return fleet;
            } catch (RuntimeException failed) {
                fleet.closeAfter(failed);
                throw failed;
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** In the order of their regions' names. */
    public List<VirtualHost> hosts() {
        return hosts;
    }

    /**
     * A configuration of OpenSSH that knows all hosts by their names and addresses, with the user {@code deploy}, who may use the
     * engine, and for {@code ssh -l root}. It is there until the fleet is closed.
     */
    public Path sshConfig() {
        return keys.config();
    }

    /**
     * Logs in, with a connection of its own. Whoever calls closes it.
     *
     * @param user {@code deploy} or {@code root}
     */
    public HostConnection connect(VirtualHost host, String user) {
        return SshHost.open(
                clients, new HostAddress.Ssh(Optional.of(user), host.name(), Optional.empty(), Optional.empty()));
    }

    /**
     * Waits until a host has started: SSH lets {@code deploy} in and the host's engine answers.
     *
     * @throws UserError when it has ended, or has not started in two minutes
     */
    public void await(VirtualHost host) {
        new HostStart(engine, host).await(() -> connect(host, "deploy"));
    }

    private void make(VirtualHost host, String image, Machine machine) {
        List<HostFile> files;
        try {
            files = List.of(
                    new HostFile("/etc/ssh/ssh_host_ed25519_key", 0600, 0, keys.of(host)),
                    new HostFile("/root/.ssh/authorized_keys", 0600, 0, keys.authorized()),
                    new HostFile("/home/deploy/.ssh/authorized_keys", 0600, 1000, keys.authorized()),
                    new HostFile(
                            "/etc/docker/daemon.json",
                            0644,
                            0,
                            new Secret(NestedEngine.configuration(machine).getBytes(UTF_8))));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        engine.ensureVolume(new VolumeSpec(host.container(), "local", Map.of(), Map.of(), false), labels(name));
        String digest = engine.imageDigest(image).orElse("");
        engine.create(
                host.container(),
                HostContainer.of(host, image, digest, NestedEngine.certificates(machine), files),
                labels(name),
                Optional.of(host.address()),
                files.stream().map(file -> file.content().reveal()).toList());
        try {
            engine.start(host.container());
        } catch (EngineException refused) {
            throw new UserError(
                    "the engine of this machine does not start a container with the rights of a host: "
                            + refused.message(),
                    "use an engine that runs as root, and not in a container without such rights itself",
                    ExitCode.FAILED,
                    refused);
        }
        await(host);
        engine.updateRestart(host.container(), HostContainer.RESTART);
    }

    private static void together(List<Runnable> actions) {
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Object> task :
                    threads.invokeAll(actions.stream().map(Executors::callable).toList())) {
                task.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UserError explained) {
                throw explained;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while hosts started or ended", "run the command again", ExitCode.FAILED, interrupted);
        }
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    /** Removes the hosts with all that is on them, their network and their keys. */
    @Override
    public void close() {
        clients.close();
        removeAll(engine, name);
        try {
            keys.delete();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Map<String, String> labels(String fleet) {
        return Map.of(Labels.ROLE, "virtual-host", FLEET, fleet);
    }

    private static void removeAll(ContainerEngine engine, String name) {
        together(engine.containers(labels(name)).stream()
                .map(container -> (Runnable) () -> engine.remove(container.id()))
                .toList());
        engine.volumes(labels(name)).forEach(engine::removeVolume);
        engine.removeNetwork(HostNetwork.name(name));
    }
}
