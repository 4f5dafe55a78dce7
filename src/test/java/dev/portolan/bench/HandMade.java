package dev.portolan.bench;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Labels;
import dev.portolan.model.Service;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The containers of a wave, made by hand with nothing but the engine: all at once, as fast as it goes. */
record HandMade(ContainerEngine engine, Desired release, List<String> regions) {
    private static final List<String> CHANGED = List.of("web", "worker");
    private static final Duration TURN = Duration.ofMillis(10);

    /**
     * Times since the beginning.
     *
     * @param started when the last container was started
     * @param answered when the last of the web containers had answered its health page
     * @param healthy when the engine had found the last container healthy by its health check
     */
    record Took(Duration started, Duration answered, Duration healthy) {}

    private record Container(String name, Service service, String region) {}

    /** Makes the containers, waits until each is healthy, and removes them. */
    Took run() throws Exception {
        List<Container> containers = new ArrayList<>();
        for (String region : regions) {
            for (String name : CHANGED) {
                Service service = release.workload(region).service(name).orElseThrow();
                for (int number = 1; number <= service.replicas(); number++) {
                    containers.add(new Container("by-hand-" + region + "-" + name + "-" + number, service, region));
                }
            }
        }
        long began = System.nanoTime();
        try {
            Duration started = all(containers, began, this::start);
            Duration answered = all(
                    containers.stream()
                            .filter(container -> container.service().name().equals("web"))
                            .toList(),
                    began,
                    this::awaitAnswer);
            return new Took(started, answered, all(containers, began, this::awaitHealthy));
        } finally {
            all(containers, began, container -> engine.remove(container.name()));
        }
    }

    private void start(Container container) {
        engine.create(
                container.name(),
                container.service().container(),
                Map.of(Labels.REGION, container.region()),
                Optional.empty(),
                List.of());
        engine.start(container.name());
    }

    private void awaitAnswer(Container container) throws Exception {
        String address = state(container).address().values().iterator().next();
        while (!answers(URI.create("http://" + address + ":3000/heartbeat"))) {
            Thread.sleep(TURN);
        }
    }

    static boolean answers(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitHealthy(Container container) throws Exception {
        while (state(container).health() != ContainerState.Health.HEALTHY) {
            Thread.sleep(TURN);
        }
    }

    private ContainerState state(Container container) {
        return engine.container(container.name()).orElseThrow();
    }

    @FunctionalInterface
    private interface Action {
        void on(Container container) throws Exception;
    }

    /** Does something with all of them at once; returns when that was done, since the beginning. */
    private static Duration all(List<Container> containers, long began, Action action) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = containers.stream()
                    .map(container -> (Callable<Boolean>) () -> {
                        action.on(container);
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
