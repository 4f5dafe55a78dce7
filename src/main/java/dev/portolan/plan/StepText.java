package dev.portolan.plan;

import dev.portolan.model.DataFolder;
import dev.portolan.model.ImageSource;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Plan.RegionPlan;
import dev.portolan.plan.Plan.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a step does, in one line for a person. */
public final class StepText {

    private StepText() {}

    /** What the step does; without the host, which is said beside it. */
    public static String of(Step step) {
        return switch (step) {
            case Step.PrepareTraffic(var pools) ->
                "set up the edge for " + pools.pools().size() + " regions";
            case Step.RemoveTraffic() -> "remove the edge";
            case Step.DrainRegion(var region, var limit, var alone) ->
                "send the readers of " + region + " to the next nearest region (up to " + of(limit) + ")";
            case Step.UndrainRegion(var region) -> "send " + region + " its readers again";
            case Step.PrepareImage(var host, ImageSource.Pulled image) -> "fetch image " + image.reference();
            case Step.PrepareImage(var host, ImageSource.Built image) -> "build image " + image.reference();
            case Step.CreateNetwork(var host, var network, var subnet, var range) ->
                "create network " + network.name() + (subnet.isEmpty() ? "" : " (" + subnet + ")");
            case Step.CreateVolume(var host, var volume) -> "create volume " + volume.name();
            case Step.BringFiles(var host, var files) ->
                "bring " + files.stream().map(ReleaseFiles::text).collect(Collectors.joining(", "));
            case Step.MakeFolder(var host, var folder) ->
                "make a folder of data for " + folder.text()
                        + (folder.seed() instanceof DataFolder.Seed.Files ? ", with what is in it now" : "");
            case Step.PrepareProxy(var host, var settings) ->
                "set up the proxy on " + String.join(", ", settings.binds());
            case Step.Start(var host, var replicas, var limit) -> startText(replicas);
            case Step.RunReleaseCommand(var host, var service, var command, boolean goesOn) ->
                (goesOn ? "go on with the release command in " : "run the release command in ") + service.name() + ": "
                        + command.text() + " (up to " + of(command.limit()) + ")";
            case Step.RunJobs(var host, var replicas, var limit) -> "run " + names(replicas) + " to the end";
            case Step.AwaitHealthy(var host, var replicas, var limit) ->
                "wait until " + names(replicas) + (replicas.size() == 1 ? " is" : " are") + " healthy (up to "
                        + of(limit) + ")";
            case Step.CutOver(var host, var service, var ports, var replicas, var limit) ->
                "cut over " + service + " to " + names(replicas);
            case Step.Drain(var host, var service, var servers, var limit) ->
                "drain "
                        + servers.stream()
                                .map(ProxyServer::container)
                                .distinct()
                                .collect(Collectors.joining(", ")) + " (up to " + of(limit) + ")";
            case Step.Stop(var host, var containers, var grace, var hooks) -> "stop " + String.join(", ", containers);
            case Step.Remove(var host, var containers) -> "remove " + String.join(", ", containers);
            case Step.RemoveProxy(var host) -> "remove the app's routes from the proxy";
            case Step.RemoveNetwork(var host, var network) -> "remove network " + network;
            case Step.Commit(var host, var release, var policies, var serving, var names) ->
                "commit release " + release;
        };
    }

    /** The whole plan, a line each, indented by wave, region and host. */
    public static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        plan.images().forEach(host -> addHost(lines, "first: ", host));
        plan.preparation().forEach(step -> lines.add("first: " + where(step) + of(step)));
        int number = 1;
        for (Wave wave : plan.waves()) {
            lines.add("wave " + number++ + " of " + plan.waves().size() + ": "
                    + wave.regions().stream().map(RegionPlan::region).collect(Collectors.joining(", "))
                    + (wave.monitor().isZero() ? "" : ", then watched for " + of(wave.monitor())));
            wave.regions().forEach(region -> addRegion(lines, region));
        }
        if (!plan.commits().isEmpty()) {
            lines.add("last, on all hosts at once: " + of(plan.commits().getFirst()));
            plan.commits()
                    .forEach(commit -> commit.names()
                            .forEach(name ->
                                    lines.add("  " + commit.host() + ": call " + name.from() + " " + name.to())));
        }
        plan.cleanup().forEach(host -> addHost(lines, "after that, ", host));
        return lines;
    }

    /** A duration as Compose writes it, such as {@code 1m30s}. */
    public static String of(Duration duration) {
        return duration.isZero() ? "0s" : duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private static void addRegion(List<String> lines, RegionPlan region) {
        region.before().forEach(step -> lines.add("  " + region.region() + ": " + of(step)));
        region.hosts().forEach(host -> addHost(lines, "  ", host));
        region.after().forEach(step -> lines.add("  " + region.region() + ": " + of(step)));
    }

    private static String where(Step step) {
        return step instanceof Step.OnHost onHost ? onHost.host() + ": " : "";
    }

    private static void addHost(List<String> lines, String indent, HostPlan host) {
        host.steps().forEach(step -> lines.add(indent + host.host() + ": " + of(step)));
    }

    private static String startText(List<Replica> replicas) {
        List<Replica> made =
                replicas.stream().filter(replica -> !replica.exists()).toList();
        List<Replica> again = replicas.stream().filter(Replica::exists).toList();
        List<String> parts = new ArrayList<>();
        if (!made.isEmpty()) {
            parts.add("start " + names(made));
        }
        if (!again.isEmpty()) {
            parts.add("start again " + names(again));
        }
        return String.join("; ", parts);
    }

    private static String names(List<Replica> replicas) {
        return replicas.isEmpty()
                ? "nothing"
                : replicas.stream().map(Replica::container).collect(Collectors.joining(", "));
    }
}
