package dev.portolan.observe;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Fleet.HostAccess;
import dev.portolan.fleet.Questions;
import dev.portolan.fleet.Questions.Answer;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostTrees;
import dev.portolan.host.HostTrees.Stored;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.Platform;
import dev.portolan.model.ProxyState;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UserError;
import dev.portolan.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks every host of an app, all at once, what runs there. */
public final class Observer {
    private static final Duration TURN = Duration.ofMillis(10);

    private final Fleet fleet;
    private final TaskRunner runner;

    public Observer(Fleet fleet, TaskRunner runner) {
        this.fleet = fleet;
        this.runner = runner;
    }

    /**
     * What is there.
     *
     * @param releases whose hosts are asked, and whose images and networks are asked about; at least one, all of the same app
     */
    public Observed observe(List<Desired> releases) {
        String app = releases.getFirst().app();
        List<HostId> hosts = hostsOf(releases);
        Questions questions = new Questions();
        Answer<TrafficState> traffic = questions.put(() -> fleet.traffic().observe());
        Answer<List<HostState>> states = questions.put(() -> runner.map(hosts, host -> askHost(app, host, releases)));
        questions.ask(runner);
        Map<HostId, HostState> byHost = new HashMap<>();
        for (int index = 0; index < hosts.size(); index++) {
            byHost.put(hosts.get(index), states.get().get(index));
        }
        return new Observed(byHost, traffic.get(), new HomeObserver(fleet, runner).observe(releases, states.get()));
    }

    /**
     * As {@link #observe(List)}, for who only looks: a host that has not answered within a time is one that does not answer.
     *
     * @param limit for all of them together
     */
    public Observed observe(List<Desired> releases, Duration limit) {
        String app = releases.getFirst().app();
        List<HostId> hosts = hostsOf(releases);
        Map<HostId, HostState> answers = new ConcurrentHashMap<>();
        hosts.forEach(host -> runner.inBackground(() -> answers.put(host, askHost(app, host, releases))));
        Instant end = runner.now().plus(limit);
        while (answers.size() < hosts.size() && runner.now().isBefore(end)) {
            runner.sleep(TURN);
        }
        Map<HostId, HostState> byHost = new HashMap<>(answers);
        hosts.forEach(host ->
                byHost.putIfAbsent(host, new HostState.Unreachable("it said nothing for " + limit.toSeconds() + " s")));
        return new Observed(byHost, fleet.traffic().observe());
    }

    private static List<HostId> hostsOf(List<Desired> releases) {
        return releases.stream()
                .flatMap(release -> release.hosts().stream())
                .map(Host::id)
                .distinct()
                .toList();
    }

    private HostState askHost(String app, HostId id, List<Desired> releases) {
        try {
            return answers(app, id, releases);
        } catch (UserError unreachable) {
            return new HostState.Unreachable(unreachable.message());
        } catch (UncheckedIOException unreadable) {
            return new HostState.Unreachable(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Everything is asked at the same time: what depends on another answer is asked for more than is needed. */
    private HostState answers(String app, HostId id, List<Desired> releases) {
        HostAccess host = fleet.on(id);
        ContainerEngine engine = host.engine();
        List<Workload> workloads = releases.stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .map(release -> release.workload(id.region()))
                .toList();
        Questions questions = new Questions();
        Answer<EngineInfo> info = questions.put(engine::info);
        Answer<Map<String, String>> networks = questions.put(engine::networks);
        Answer<List<ContainerState>> containers =
                questions.put(() -> engine.containers(Map.of(Labels.APP, app, Labels.REGION, id.region())));
        Answer<List<String>> volumes = questions.put(() -> engine.volumes(Map.of()));
        Answer<Set<String>> routes = questions.put(host.routes()::read);
        Answer<Stored> stored = questions.put(() -> stored(host.trees(), workloads));
        Answer<ProxyState> proxy = questions.put(host.proxy()::observe);
        Answer<Optional<ReleaseId>> committed = questions.put(() -> committed(host.files(), app));
        Map<ImageSource, Answer<Boolean>> images = each(images(workloads), engine::hasImage, questions);
        Map<String, Answer<List<String>>> addresses = each(networks(workloads), engine::addressesOn, questions);
        Map<String, Answer<Optional<ContainerState>>> named = each(names(workloads), engine::container, questions);
        questions.ask(runner);
        return new HostState.Reachable(
                info.get().id(),
                containers.get(),
                networks.get(),
                routes.get(),
                Set.copyOf(volumes.get()),
                keys(images, Boolean::booleanValue),
                addresses.values().stream()
                        .flatMap(found -> found.get().stream())
                        .collect(Collectors.toSet()),
                proxy.get(),
                committed.get(),
                stored.get().contents(),
                stored.get().folders(),
                keys(named, found -> isOfOthers(found, containers.get())),
                Integer.parseInt(info.get()
                        .apiVersion()
                        .substring(info.get().apiVersion().indexOf('.') + 1)),
                Platform.ofMachine(info.get().architecture()));
    }

    private static <K, T> Map<K, Answer<T>> each(Set<K> subjects, Function<K, T> question, Questions questions) {
        Map<K, Answer<T>> answers = new HashMap<>();
        subjects.forEach(subject -> answers.put(subject, questions.put(() -> question.apply(subject))));
        return answers;
    }

    private static <K, T> Set<K> keys(Map<K, Answer<T>> answers, Predicate<T> which) {
        return answers.entrySet().stream()
                .filter(entry -> which.test(entry.getValue().get()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<ImageSource> images(List<Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.services().stream())
                .map((Service service) -> service.container().image())
                .collect(Collectors.toSet());
    }

    private static Set<String> networks(List<Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.networks().stream())
                .map(NetworkSpec::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(List<Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.services().stream())
                .flatMap(service -> service.containerName().stream())
                .collect(Collectors.toSet());
    }

    private static boolean isOfOthers(Optional<ContainerState> named, List<ContainerState> own) {
        return named.filter(found ->
                        own.stream().noneMatch(container -> container.id().equals(found.id())))
                .isPresent();
    }

    private static Stored stored(HostTrees trees, List<Workload> workloads) throws IOException {
        boolean some = workloads.stream()
                .anyMatch(workload ->
                        !workload.files().isEmpty() || !workload.folders().isEmpty());
        return some ? trees.stored() : HostTrees.Stored.NOTHING;
    }

    private static Optional<ReleaseId> committed(HostFiles files, String app) throws IOException {
        return files.read("apps/" + app + "/committed")
                .map(file -> new ReleaseId(file.content().strip()));
    }
}
