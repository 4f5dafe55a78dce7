package dev.portolan.cli;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.fleet.Fleet;
import dev.portolan.host.HostKeys;
import dev.portolan.host.local.LocalHost;
import dev.portolan.host.local.LocalTrees;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.Secret;
import dev.portolan.model.TrafficState;
import dev.portolan.proxy.HostProxy;
import dev.portolan.secrets.Safe;
import dev.portolan.secrets.SecretFile;
import dev.portolan.secrets.age.AgeStore;
import dev.portolan.setup.EngineSetup;
import dev.portolan.setup.EngineSocket;
import dev.portolan.setup.LocalMachine;
import dev.portolan.setup.Machine;
import dev.portolan.traffic.TrafficLayer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Real files, and an engine that does not answer. */
final class SilentParts implements Parts {
    private final Path state;
    private final boolean broken;
    private final HostKeys hostKeys;

    SilentParts(Path state, boolean broken, HostKeys hostKeys) {
        this.state = state;
        this.hostKeys = hostKeys;
        this.broken = broken;
    }

    @Override
    public Path state() {
        return state;
    }

    @Override
    public Parts at(Path other) {
        return this;
    }

    @Override
    public Machine machine() {
        return new LocalMachine();
    }

    @Override
    public EngineSetup setup() {
        return new EngineSetup(
                machine(), EngineSocket.of(Map.of("DOCKER_HOST", "unix:///nonexistent/docker.sock")), state);
    }

    @Override
    public ContainerEngine engine() {
        return silent(ContainerEngine.class);
    }

    @Override
    public Optional<String> proxyImage() {
        return Optional.empty();
    }

    @Override
    public HostKeys hostKeys() {
        return hostKeys;
    }

    @Override
    public Fleet fleet(String app, List<Host> hosts, Consumer<String> progress) {
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        return new Fleet() {
            @Override
            public void know(Collection<Host> known) {}

            @Override
            public HostAccess on(HostId host) {
                return new HostAccess(
                        engine(),
                        silent(HostProxy.class),
                        new LocalHost(state.resolve(host.region()), "/nonexistent/docker.sock").files(),
                        Set::of,
                        new LocalTrees(state.resolve("_files"), state.resolve(host.region() + "/data")));
            }

            @Override
            public TrafficLayer traffic() {
                return new SilentTraffic();
            }
        };
    }

    @Override
    public Safe safe(Path folder, Supplier<Secret> key) {
        throw new IllegalStateException("there are no secrets here");
    }

    @Override
    public SecretFile secretFile(Path file) {
        return new AgeStore(file, Map.of("HOME", state.toString()), InstantSource.system());
    }

    @Override
    public void close() {}

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                SilentParts.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    throw new EngineException("no engine", "start one", new IOException("no engine"));
                }));
    }

    private static final class SilentTraffic implements TrafficLayer {
        @Override
        public TrafficState observe() {
            return TrafficState.ABSENT;
        }

        @Override
        public List<String> taken(dev.portolan.model.Pools pools) {
            return List.of();
        }

        @Override
        public void ensure(dev.portolan.model.Pools pools) {
            throw new EngineException("no engine", "start one", new IOException("no engine"));
        }

        @Override
        public void drain(String region, java.time.Duration deadline) {
            throw new EngineException("no engine", "start one", new IOException("no engine"));
        }

        @Override
        public void undrain(String region) {
            throw new EngineException("no engine", "start one", new IOException("no engine"));
        }

        @Override
        public void remove() {
            throw new EngineException("no engine", "start one", new IOException("no engine"));
        }
    }
}
