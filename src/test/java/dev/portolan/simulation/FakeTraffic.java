package dev.portolan.simulation;

import dev.portolan.model.Pools;
import dev.portolan.model.TrafficState;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.simulation.Operations.Kind;
import dev.portolan.traffic.TrafficLayer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** An edge that sends each reader to the nearest region that is neither drained nor down. */
final class FakeTraffic implements TrafficLayer {
    private static final Duration POLL = Duration.ofMillis(100);

    private final FakeMachine machine;
    private final World world;
    private final Set<String> drained = new TreeSet<>();
    private final Map<String, List<String>> byDistance = new TreeMap<>();
    private Optional<Pools> pools = Optional.empty();

    FakeTraffic(FakeMachine machine, World world) {
        this.machine = machine;
        this.world = world;
    }

    boolean drained(String region) {
        return drained.contains(region);
    }

    /** Regions by distance from a reader, nearest first; only the reader's own when nothing steers. */
    List<String> regionsFor(String reader) {
        List<String> nearest = byDistance.getOrDefault(reader, List.of(reader));
        return drained.isEmpty()
                ? nearest
                : nearest.stream().filter(region -> !drained.contains(region)).toList();
    }

    private static List<String> nearest(Pools pools, Pools.Pool reader) {
        return pools.pools().stream()
                .sorted(Comparator.comparingDouble(pool -> reader.place().kilometresTo(pool.place())))
                .map(Pools.Pool::region)
                .toList();
    }

    @Override
    public TrafficState observe() {
        return perform(Kind.READS, "observe", () -> {
            if (pools.isEmpty()) {
                return TrafficState.ABSENT;
            }
            Map<String, PoolState> states = new TreeMap<>();
            pools.get().pools().forEach(pool -> states.put(pool.region(), stateOf(pool.region())));
            return new TrafficState(true, pools.get().hash(), states);
        });
    }

    private PoolState stateOf(String region) {
        if (drained.contains(region)) {
            return PoolState.DRAINED;
        }
        return world.served(region).isEmpty() ? PoolState.DOWN : PoolState.UP;
    }

    @Override
    public List<String> taken(Pools wanted) {
        return List.of();
    }

    @Override
    public void ensure(Pools wanted) {
        perform(Kind.CHANGES, "ensure", () -> {
            pools = Optional.of(wanted);
            byDistance.clear();
            wanted.pools().forEach(pool -> byDistance.put(pool.region(), nearest(wanted, pool)));
            return true;
        });
    }

    @Override
    public void drain(String region, Duration deadline) {
        perform(Kind.CHANGES, "drain " + region, () -> {
            world.invariants().drains(region);
            return drained.add(region);
        });
        long end = world.now() + deadline.toNanos();
        while (world.readers().openIn(region) && world.now() < end) {
            world.scheduler().sleep(POLL);
        }
        perform(Kind.CHANGES, "drained " + region, () -> {
            world.readers().deadlinePassed(region);
            return true;
        });
    }

    @Override
    public void undrain(String region) {
        perform(Kind.CHANGES, "undrain " + region, () -> {
            if (drained.remove(region)) {
                world.invariants().undrains(region);
            }
            return true;
        });
    }

    @Override
    public void remove() {
        perform(Kind.CHANGES, "remove", () -> {
            pools = Optional.empty();
            byDistance.clear();
            drained.clear();
            return true;
        });
    }

    private <T> T perform(Kind kind, String what, Supplier<T> effect) {
        return world.operations()
                .perform(machine, kind, what, effect, message -> new UserError(message, "look at the simulation"));
    }
}
