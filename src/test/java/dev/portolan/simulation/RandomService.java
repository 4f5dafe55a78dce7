package dev.portolan.simulation;

import dev.portolan.model.Dependency;
import dev.portolan.model.Dependency.Condition;
import dev.portolan.model.UpdateOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A service of a {@link RandomApp}; its version grows when a release changes it. */
final class RandomService {
    final String name;
    final boolean routed;
    final boolean job;
    final boolean volume;
    final boolean healthTest;
    final boolean secret;
    final List<Dependency> dependencies;
    UpdateOrder order;
    int replicas;
    int version;

    private RandomService(
            SplittableRandom random, String name, boolean routed, boolean job, UpdateOrder order, List<Dependency> on) {
        this.name = name;
        this.routed = routed;
        this.job = job;
        this.volume = order == UpdateOrder.STOP_FIRST && random.nextBoolean();
        this.healthTest = !job && random.nextBoolean();
        this.secret = random.nextBoolean();
        this.order = order;
        this.dependencies = List.copyOf(on);
        this.replicas = job ? 1 : random.nextInt(1, 3);
    }

    /** One to four services, of which the first takes requests; each comes after what it depends on. */
    static List<RandomService> some(SplittableRandom random) {
        List<RandomService> services = new ArrayList<>();
        List<Dependency> needed = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            services.add(new RandomService(random, "db", false, false, UpdateOrder.STOP_FIRST, List.of()));
            needed.add(new Dependency("db", random.nextBoolean() ? Condition.HEALTHY : Condition.STARTED));
        }
        if (random.nextInt(4) == 0) {
            services.add(new RandomService(random, "migrate", false, true, UpdateOrder.START_FIRST, needed));
            needed.add(new Dependency("migrate", Condition.COMPLETED));
        }
        services.add(new RandomService(random, "web", true, false, order(random, 6), needed));
        if (services.size() < 4 && random.nextInt(4) == 0) {
            services.add(new RandomService(random, "api", true, false, order(random, 6), List.of()));
        }
        if (services.size() < 4 && random.nextInt(2) == 0) {
            services.add(new RandomService(random, "worker", false, false, order(random, 3), needed));
        }
        return services;
    }

    private static UpdateOrder order(SplittableRandom random, int oneIn) {
        return random.nextInt(oneIn) == 0 ? UpdateOrder.STOP_FIRST : UpdateOrder.START_FIRST;
    }

    /** Whether others may know it by heart. */
    boolean keepsItsAddress() {
        return order == UpdateOrder.STOP_FIRST && replicas == 1 && !routed && !job;
    }

    boolean routedStopFirst() {
        return routed && order == UpdateOrder.STOP_FIRST;
    }

    /** The name that it gives its only container in a project, if any. */
    Optional<String> containerName(String project) {
        boolean named = healthTest != secret && !job && replicas == 1;
        return named ? Optional.of(project + "_the_" + name) : Optional.empty();
    }

    void change(SplittableRandom random) {
        version++;
        if (!job && random.nextInt(6) == 0) {
            replicas = random.nextInt(1, 4);
        }
        if (!job && !routed && random.nextInt(6) == 0) {
            order = order == UpdateOrder.STOP_FIRST ? UpdateOrder.START_FIRST : UpdateOrder.STOP_FIRST;
        }
    }
}
