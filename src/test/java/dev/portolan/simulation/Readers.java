package dev.portolan.simulation;

import dev.portolan.model.HostId;
import dev.portolan.model.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Readers near each region: their requests arrive all the time and are in flight for a while. */
final class Readers {
    private static final long MILLISECOND = 1_000_000;

    private final World world;
    private final SplittableRandom random;
    private final List<FakeRequest> open = new ArrayList<>();
    private final List<FakeRequest> late = new ArrayList<>();
    private long sent;
    private long lost;
    private boolean on = true;

    Readers(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void start(List<Region> regions) {
        regions.forEach(region -> arriveLater(region.name()));
    }

    void end() {
        on = false;
    }

    long sent() {
        return sent;
    }

    /** Requests for which no region had an answer although the service had been up before. */
    long lost() {
        return lost;
    }

    private void arriveLater(String region) {
        world.scheduler().after(random.nextLong(50, 1_500) * MILLISECOND, () -> {
            if (on) {
                arrive(region);
                arriveLater(region);
            }
        });
    }

    private void arrive(String reader) {
        List<String> services = world.routedServices();
        if (services.isEmpty()) {
            return;
        }
        String service = services.get(random.nextInt(services.size()));
        List<Integer> ports = world.portsOf(service);
        int port = ports.get(random.nextInt(ports.size()));
        sent++;
        for (String region : world.traffic().regionsFor(reader)) {
            Optional<FakeProxy.Slot> slot = slotIn(region, service, port);
            if (slot.isPresent()) {
                serve(region, slot.get());
                return;
            }
        }
        if (world.invariants().progress().committed().isEmpty()) {
            return; // there is no app yet
        }
        if (world.interruptible()) {
            return; // as the plan has warned
        }
        lost++;
        world.trace().note(() -> "a reader near " + reader + " finds no " + service);
    }

    private Optional<FakeProxy.Slot> slotIn(String region, String service, int port) {
        List<HostId> hosts = world.hostsOf(region);
        int first = random.nextInt(hosts.size());
        for (int i = 0; i < hosts.size(); i++) {
            FakeProxy proxy = world.proxy(hosts.get((first + i) % hosts.size()));
            List<FakeProxy.Slot> serving = proxy.serving(service).stream()
                    .filter(slot -> slot.server().port() == port)
                    .toList();
            if (!serving.isEmpty()) {
                FakeProxy.Slot slot = serving.get(random.nextInt(serving.size()));
                world.invariants().rightContainer(proxy, slot, service);
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private void serve(String region, FakeProxy.Slot slot) {
        FakeContainer container = world.containerOf(region, slot);
        boolean error = random.nextInt(100) < container.behaviour.errorPercent();
        long time = (random.nextInt(20) == 0 ? random.nextLong(1_000, 15_000) : random.nextLong(5, 400)) * MILLISECOND;
        FakeRequest request = new FakeRequest(region, slot, container);
        open.add(request);
        slot.inFlight().add(request);
        container.inFlight().add(request);
        world.scheduler().after(time, () -> {
            if (request.open()) {
                slot.answered(error);
                request.close();
            }
            open.remove(request);
            late.remove(request);
        });
    }

    /** Whether the traffic layer has readers in a region whose requests are not answered yet. */
    boolean openIn(String region) {
        return open.stream()
                .anyMatch(request -> request.open() && request.region().equals(region));
    }

    /** From now on what is still open in the region may be cut off. */
    void deadlinePassed(String region) {
        open.stream()
                .filter(request -> request.open() && request.region().equals(region))
                .forEach(late::add);
    }

    boolean late(FakeRequest request) {
        return late.contains(request);
    }
}
