package dev.portolan.simulation;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.Fleet;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostFiles.StoredFile;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.RestartPolicy;
import dev.portolan.proxy.HostProxy;
import dev.portolan.traffic.TrafficLayer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bug put into a rollout on purpose, by which the simulation itself is tested: it changes what reaches the hosts as the bug
 * would.
 */
enum Mutation {
    NONE("nothing"),
    OLD_LEAVES_BEFORE_NEW_SERVES("I1"),
    PRIMARY_NOT_LAST("I2"),
    STOP_BEFORE_DRAIN("I3"),
    DRAINS_ONE_ROUTE("I3"),
    NO_WAY_BACK("I4"),
    COMMIT_AT_CUT_OVER("P"),
    RESTARTS_BEFORE_COMMIT("P"),
    NEVER_RESTARTS("I4"),
    LOCK_NOT_EXCLUSIVE("I5"),
    SECRET_IN_LABEL("I6"),
    ADDRESS_NOT_KEPT("N"),
    NEVER_DONE("I7"),
    COMMAND_NOT_NOTED("C");

    private final String caughtBy;

    Mutation(String caughtBy) {
        this.caughtBy = caughtBy;
    }

    /** The invariant that it breaks. */
    String caughtBy() {
        return caughtBy;
    }

    /** What a command is told to deploy. */
    Desired desired(Desired desired) {
        if (this != PRIMARY_NOT_LAST || desired.regions().size() < 2) {
            return desired;
        }
        String other = desired.regions().stream()
                .map(region -> region.name())
                .filter(region -> !region.equals(desired.primary()))
                .findFirst()
                .orElseThrow();
        return new Desired(
                desired.app(),
                desired.release(),
                desired.regions(),
                other,
                desired.routes(),
                desired.rollout(),
                desired.traffic(),
                desired.workloads(),
                desired.releaseCommand());
    }

    /** The fleet as one command finds it. */
    Fleet fleet(Fleet fleet) {
        if (this == NONE) {
            return fleet;
        }
        Set<String> cutOver = new HashSet<>();
        return new Fleet() {
            @Override
            public void know(Collection<Host> known) {}

            @Override
            public HostAccess on(HostId host) {
                HostAccess access = fleet.on(host);
                return new HostAccess(
                        wrap(
                                ContainerEngine.class,
                                access.engine(),
                                (method, arguments) -> engine(access.engine(), method, arguments)),
                        wrap(
                                HostProxy.class,
                                access.proxy(),
                                (method, arguments) -> proxy(access.proxy(), host, cutOver, method, arguments)),
                        wrap(
                                HostFiles.class,
                                access.files(),
                                (method, arguments) -> files(access.files(), method, arguments)),
                        access.routes(),
                        access.trees());
            }

            @Override
            public TrafficLayer traffic() {
                return fleet.traffic();
            }
        };
    }

    /** @return the result, when the call goes no further */
    private Optional<Object> engine(ContainerEngine engine, String method, Object[] arguments) {
        if (this == RESTARTS_BEFORE_COMMIT && method.equals("start")) {
            engine.start((String) arguments[0]);
            engine.updateRestart((String) arguments[0], RestartPolicy.ALWAYS);
            return Optional.of(true);
        }
        if (this == NEVER_RESTARTS && method.equals("updateRestart")) {
            return Optional.of(true);
        }
        if (this == SECRET_IN_LABEL && method.equals("create")) {
            Map<String, String> labels = new HashMap<>();
            ((Map<?, ?>) arguments[2]).forEach((name, value) -> labels.put((String) name, (String) value));
            labels.put("key", RandomRelease.SECRET_VALUE);
            arguments[2] = labels;
        }
        if (this == ADDRESS_NOT_KEPT && method.equals("create") && ((String) arguments[0]).contains("-db-")) {
            arguments[3] = Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Object> proxy(
            HostProxy proxy, HostId host, Set<String> cutOver, String method, Object[] arguments) {
        if (this == STOP_BEFORE_DRAIN && method.equals("drain")) {
            return Optional.of(0);
        }
        if (this == DRAINS_ONE_ROUTE && method.equals("drain")) {
            List<ProxyServer> servers = ((List<?>) arguments[1])
                    .stream().map(ProxyServer.class::cast).toList();
            int one = servers.getFirst().port();
            arguments[1] =
                    servers.stream().filter(server -> server.port() == one).toList();
        }
        if (this == OLD_LEAVES_BEFORE_NEW_SERVES && method.equals("cutOver") && proxy instanceof FakeProxy fake) {
            String service = (String) arguments[0];
            List<ProxyServer> old = fake.slots(service).stream()
                    .filter(FakeProxy.Slot::ready)
                    .map(FakeProxy.Slot::server)
                    .toList();
            proxy.drain(service, old, Duration.ZERO);
        }
        if (this == NO_WAY_BACK && method.equals("cutOver") && !cutOver.add(host + "/" + arguments[0])) {
            return Optional.of(true);
        }
        if (this == COMMIT_AT_CUT_OVER && method.equals("figures")) {
            proxy.commit();
        }
        return Optional.empty();
    }

    private Optional<Object> files(HostFiles files, String method, Object[] arguments) throws IOException {
        if (arguments.length == 0) {
            return Optional.empty();
        }
        if (this == NEVER_DONE && method.equals("read") && ((String) arguments[0]).endsWith("/committed")) {
            return Optional.of(Optional.<StoredFile>empty());
        }
        if (this == COMMAND_NOT_NOTED
                && method.equals("append")
                && ((String) arguments[1]).startsWith("{\"type\":\"command-ended\"")) {
            return Optional.of(true);
        }
        if (this != LOCK_NOT_EXCLUSIVE || !((String) arguments[0]).endsWith("/lock")) {
            return Optional.empty();
        }
        String path = (String) arguments[0];
        return switch (method) {
            case "read" -> Optional.of(Optional.<StoredFile>empty());
            case "compareAndSet" -> {
                Optional<String> now = files.read(path).map(StoredFile::content);
                Optional<String> wanted = ((Optional<?>) arguments[2]).map(String.class::cast);
                yield Optional.of(files.compareAndSet(path, now, wanted));
            }
            default -> Optional.empty();
        };
    }

    private interface Interception {
        Optional<Object> result(String method, Object[] arguments) throws IOException;
    }

    private static <T> T wrap(Class<T> type, T target, Interception interception) {
        Object wrapped = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            Optional<Object> result = interception.result(method.getName(), arguments);
            if (result.isPresent()) {
                return method.getReturnType() == void.class ? Optional.empty() : result.get();
            }
            return pass(target, method, arguments);
        });
        return type.cast(wrapped);
    }

    private static Object pass(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? List.of() : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
