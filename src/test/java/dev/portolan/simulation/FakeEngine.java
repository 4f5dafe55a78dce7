package dev.portolan.simulation;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.ImageStore;
import dev.portolan.docker.RegistryAnswer;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Hook;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.VolumeSpec;
import dev.portolan.simulation.Operations.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The engine of a {@link FakeMachine}. It refuses what a real one refuses. */
final class FakeEngine implements ContainerEngine {
    private static final Duration POLL = Duration.ofMillis(50);

    private final FakeMachine machine;
    private final World world;

    FakeEngine(FakeMachine machine, World world) {
        this.machine = machine;
        this.world = world;
    }

    @Override
    public EngineInfo info() {
        return read("info", () -> new EngineInfo(machine.name, "20.10", "1.41", "linux", "amd64", 2, 2L << 30, true));
    }

    @Override
    public List<ContainerState> containers(Map<String, String> labels) {
        return read(
                "containers",
                () -> machine.containers.values().stream()
                        .filter(container -> container.labels.entrySet().containsAll(labels.entrySet()))
                        .map(container -> container.state(world.now()))
                        .toList());
    }

    @Override
    public Optional<ContainerState> container(String nameOrId) {
        return read(
                "container " + nameOrId, () -> machine.find(nameOrId).map(container -> container.state(world.now())));
    }

    @Override
    public String create(
            String name, ContainerSpec spec, Map<String, String> labels, Optional<String> address, List<byte[]> files) {
        world.invariants().checkForSecrets("labels of " + name, labels.toString());
        return change("create " + name + address.map(text -> " at " + text).orElse(""), () -> {
            if (machine.containers.containsKey(name)) {
                throw refused("the container name " + name + " is already in use");
            }
            if (!machine.images.contains(spec.image().reference())) {
                throw refused("no such image: " + spec.image().reference());
            }
            if (files.size() != spec.storage().files().size()) {
                throw refused("a file of " + name + " has no content");
            }
            if (spec.process().environment().containsValue("Bearer ${secret:TOKEN}")) {
                throw refused("the environment of " + name + " has a mark where a value should be");
            }
            spec.storage().mounts().forEach(mount -> FakeTrees.check(machine, name, mount));
            FakeContainer container = new FakeContainer(
                    "id" + ++machine.created + machine.name,
                    name,
                    spec,
                    labels,
                    address,
                    world.behaviourOf(labels),
                    world.instant());
            machine.containers.put(name, container);
            return container.id;
        });
    }

    @Override
    public void start(String nameOrId) {
        change("start " + nameOrId, () -> {
            FakeContainer container = existing(nameOrId);
            if (!container.running()) {
                machine.start(container).ifPresent(problem -> {
                    throw refused(problem);
                });
                world.invariants().started(machine, container);
            }
            return container;
        });
    }

    @Override
    public void stop(String nameOrId, Duration grace) {
        FakeContainer container = change("stop " + nameOrId, () -> {
            FakeContainer found = existing(nameOrId);
            found.stoppedByHand = true;
            if (found.running()) {
                long time = Math.min(grace.toNanos(), found.behaviour.stopsAfter());
                int code = found.behaviour.stopsAfter() > grace.toNanos() ? 137 : 0;
                world.invariants().endsByCommand(machine, found);
                int life = found.life;
                world.scheduler().after(time, () -> {
                    if (found.life == life && found.running()) {
                        machine.end(found, code);
                    }
                });
            }
            return found;
        });
        awaitEnd(container);
    }

    private void awaitEnd(FakeContainer container) {
        int life = container.life;
        while (container.running() && container.life == life) {
            world.scheduler().sleep(POLL);
            if (!machine.reachable()) {
                throw refused(machine.name + " does not answer any more");
            }
        }
    }

    @Override
    public void signal(String nameOrId, String signal) {
        change("signal " + signal + " to " + nameOrId, () -> {
            FakeContainer container = existing(nameOrId);
            if (signal.equals("KILL") && container.running()) {
                container.stoppedByHand = true;
                world.invariants().endsByCommand(machine, container);
                machine.end(container, 137);
            }
            return container;
        });
    }

    @Override
    public void remove(String nameOrId) {
        change("remove " + nameOrId, () -> {
            Optional<FakeContainer> found = machine.find(nameOrId);
            found.ifPresent(container -> {
                if (container.running()) {
                    world.invariants().endsByCommand(machine, container);
                    machine.end(container, 137);
                }
                machine.containers.remove(container.name);
            });
            return found;
        });
    }

    @Override
    public void rename(String nameOrId, String name) {
        change("call " + nameOrId + " " + name, () -> {
            FakeContainer container = existing(nameOrId);
            if (machine.containers.containsKey(name)) {
                throw refused("the container name " + name + " is already in use");
            }
            machine.rename(container, name);
            return container;
        });
    }

    @Override
    public void updateRestart(String nameOrId, RestartPolicy policy) {
        change("restart policy of " + nameOrId + " is " + policy.mode().word(), () -> {
            FakeContainer container = existing(nameOrId);
            container.policy = policy;
            return container;
        });
    }

    @Override
    public int await(String nameOrId) {
        FakeContainer container = read("await " + nameOrId, () -> existing(nameOrId));
        awaitEnd(container);
        return container.exitCode.orElse(0);
    }

    @Override
    public Map<String, String> networks() {
        return read(
                "networks",
                () -> machine.networks.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().subnet())));
    }

    @Override
    public List<String> addressesOn(String network) {
        return read(
                "addresses on " + network,
                () -> machine.containers.values().stream()
                        .filter(container -> container.network().equals(Optional.of(network)) && container.running())
                        .map(container -> container.address)
                        .toList());
    }

    @Override
    public void ensureNetwork(NetworkSpec network, String subnet, String dynamicRange, Map<String, String> labels) {
        change("network " + network.name() + " " + subnet, () -> {
            if (Addresses.overlap(FakeMachine.VPN, subnet)) {
                throw refused("the network " + subnet + " hides the one behind the VPN");
            }
            machine.networks.forEach((name, other) -> {
                if (!name.equals(network.name()) && Addresses.overlap(other.subnet(), subnet)) {
                    throw refused("Pool overlaps with other one on this address space: " + name + " " + subnet);
                }
            });
            return machine.networks.computeIfAbsent(network.name(), _ -> new FakeMachine.Subnet(subnet, dynamicRange));
        });
    }

    @Override
    public void removeNetwork(String name) {
        change("remove network " + name, () -> {
            boolean used = machine.containers.values().stream()
                    .anyMatch(container ->
                            container.running() && container.network().equals(Optional.of(name)));
            if (used) {
                throw refused("network " + name + " has active endpoints");
            }
            return Optional.ofNullable(machine.networks.remove(name));
        });
    }

    @Override
    public List<String> volumes(Map<String, String> labels) {
        return read("volumes", () -> List.copyOf(machine.volumes));
    }

    @Override
    public void ensureVolume(VolumeSpec volume, Map<String, String> labels) {
        change("volume " + volume.name(), () -> machine.volumes.add(volume.name()));
    }

    @Override
    public void removeVolume(String name) {
        change("remove volume " + name, () -> machine.volumes.remove(name));
    }

    @Override
    public Optional<String> imageDigest(String reference) {
        return read(
                "digest of " + reference,
                () -> Optional.of(reference).filter(machine.images::contains).map(World::digestOf));
    }

    @Override
    public boolean hasImage(ImageSource image) {
        return read("has " + image.reference(), () -> machine.images.contains(image.reference()));
    }

    @Override
    public RegistryAnswer askRegistry(String reference) {
        return read("registry's digest of " + reference, () -> new RegistryAnswer.Has(World.digestOf(reference)));
    }

    @Override
    public void pull(ImageSource.Pulled image, Consumer<String> progress) {
        progress.accept("pulling " + image.reference());
        change("pull " + image.reference(), () -> machine.images.add(image.reference()));
    }

    @Override
    public void build(ImageSource.Built image, BuildMaterials materials, Consumer<String> progress) {
        progress.accept("building " + image.reference());
        change("build " + image.reference(), () -> machine.images.add(image.reference()));
    }

    @Override
    public void forgetImage(ImageSource image) {
        change("forget " + image.reference(), () -> {
            boolean used = machine.containers.values().stream()
                    .anyMatch(container -> container.spec.image().reference().equals(image.reference()));
            return !used && machine.images.remove(image.reference());
        });
    }

    @Override
    public void importImage(String reference, InputStream tar) {
        change("import " + reference, () -> machine.images.add(reference));
    }

    @Override
    public ImageStore store() {
        throw new UnsupportedOperationException("each engine of the simulation fetches and builds for itself");
    }

    @Override
    public void logs(String nameOrId, boolean follow, int tail, Consumer<LogLine> lines) {
        read("logs of " + nameOrId, () -> existing(nameOrId));
        lines.accept(new LogLine(world.instant().toString(), false, "started"));
    }

    @Override
    public int exec(String nameOrId, List<String> command, Terminal terminal) {
        return read("exec in " + nameOrId, () -> existing(nameOrId).running() ? 0 : 126);
    }

    @Override
    public OptionalInt runHook(String nameOrId, Hook hook, Duration limit, Consumer<String> lines) {
        return change("hook in " + nameOrId + ": " + String.join(" ", hook.command()), () -> {
            if (!existing(nameOrId).running()) {
                throw refused("container " + nameOrId + " is not running");
            }
            return OptionalInt.of(0);
        });
    }

    @Override
    public int runAttached(String nameOrId, Terminal terminal) {
        start(nameOrId);
        return await(nameOrId);
    }

    @Override
    public void close() {
        // nothing is open
    }

    private FakeContainer existing(String nameOrId) {
        return machine.find(nameOrId).orElseThrow(() -> refused("no such container: " + nameOrId));
    }

    private <T> T read(String what, Supplier<T> effect) {
        return world.operations().perform(machine, Kind.READS, what, effect, FakeEngine::refused);
    }

    private <T> T change(String what, Supplier<T> effect) {
        return world.operations().perform(machine, Kind.CHANGES, what, effect, FakeEngine::refused);
    }

    private static EngineException refused(String message) {
        return new EngineException(message, "look at the simulation", new IOException(message));
    }
}
