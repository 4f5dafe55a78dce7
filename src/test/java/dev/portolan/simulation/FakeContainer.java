package dev.portolan.simulation;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.ContainerState.Status;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RestartPolicy;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A container of a {@link FakeMachine}. */
final class FakeContainer {
    private static final int CHECKS_UNTIL_UNHEALTHY = 4;
    private static final long SECOND = 1_000_000_000L;

    final String id;
    /** As the engine calls it now. */
    String name;

    final ContainerSpec spec;
    final Map<String, String> labels;
    final Optional<String> fixedAddress;
    final Behaviour behaviour;
    final Instant created;
    private final Set<FakeRequest> inFlight = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    Status status = Status.CREATED;
    Optional<Integer> exitCode = Optional.empty();
    /** Address while it runs; empty otherwise. */
    String address = "";

    RestartPolicy policy = RestartPolicy.NEVER;
    boolean stoppedByHand;
    long startedAt;
    /** Grows with each start, so that events of an earlier life can be told. */
    int life;

    FakeContainer(
            String id,
            String name,
            ContainerSpec spec,
            Map<String, String> labels,
            Optional<String> fixedAddress,
            Behaviour behaviour,
            Instant created) {
        this.id = id;
        this.name = name;
        this.names.add(name);
        this.spec = spec;
        this.labels = Map.copyOf(labels);
        this.fixedAddress = fixedAddress;
        this.behaviour = behaviour;
        this.created = created;
    }

    Set<FakeRequest> inFlight() {
        return inFlight;
    }

    void rename(String given) {
        name = given;
        names.add(given);
    }

    /** Whether it has, or once had, the name: proxies know it by the one it had when they were told of it. */
    boolean wasCalled(String given) {
        return names.contains(given);
    }

    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    String service() {
        return label(Labels.SERVICE);
    }

    String region() {
        return label(Labels.REGION);
    }

    String hash() {
        return label(Labels.CONFIG_HASH);
    }

    boolean running() {
        return status == Status.RUNNING;
    }

    /** Whether it answers requests. */
    boolean serves(long now) {
        return running() && !behaviour.neverReady() && now >= startedAt + behaviour.readyAfter();
    }

    Optional<String> network() {
        return spec.networking().attachments().stream().findFirst().map(ContainerSpec.NetworkAttachment::network);
    }

    /** The addresses that it knows by heart, by service. */
    Map<String, String> neighbours() {
        return labels.entrySet().stream()
                .filter(label -> label.getKey().startsWith(Labels.NEIGHBOUR))
                .collect(Collectors.toMap(
                        label -> label.getKey().substring(Labels.NEIGHBOUR.length()), Map.Entry::getValue));
    }

    private Health health(long now) {
        if (spec.healthTest().isEmpty()) {
            return Health.NONE;
        }
        if (!running()) {
            return status == Status.CREATED ? Health.STARTING : Health.UNHEALTHY;
        }
        if (serves(now)) {
            return Health.HEALTHY;
        }
        long patience = CHECKS_UNTIL_UNHEALTHY * SECOND;
        return behaviour.neverReady() && now > startedAt + patience ? Health.UNHEALTHY : Health.STARTING;
    }

    ContainerState state(long now) {
        String known = address.isEmpty() ? fixedAddress.orElse("") : address;
        Map<String, String> addresses =
                network().isPresent() && !known.isEmpty() ? Map.of(network().get(), known) : Map.of();
        return new ContainerState(
                id,
                name,
                service(),
                Integer.parseInt(labels.getOrDefault(Labels.REPLICA, "1")),
                hash(),
                new ReleaseId(labels.getOrDefault(Labels.RELEASE, "0".repeat(10))),
                status,
                health(now),
                exitCode,
                addresses,
                neighbours(),
                created);
    }
}
