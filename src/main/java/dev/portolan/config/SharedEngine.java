package dev.portolan.config;

import dev.portolan.compose.ComposeNetwork;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ComposeVolume;
import dev.portolan.compose.ServiceVolume;
import dev.portolan.model.NetworkDesign;
import dev.portolan.model.SourceLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds what regions on one engine would take from each other: names, addresses, data. */
final class SharedEngine {
    private final Problems problems;
    /** What is taken, such as {@code subnet 10.20.0.0/24}, and by which region. */
    private final Map<String, String> regionByThing = new HashMap<>();

    SharedEngine(Problems problems) {
        this.problems = problems;
    }

    void add(String region, ComposeProject project, Binds binds) {
        for (ComposeService service : project.services().values()) {
            folders(region, service, binds);
        }
        for (ComposeNetwork network : project.networks().values()) {
            network(region, project, network);
        }
        for (ComposeVolume volume : project.volumes().values()) {
            volume(region, project, volume);
        }
    }

    private void network(String region, ComposeProject project, ComposeNetwork network) {
        String path = "networks/" + network.key();
        if (network.external()) {
            return; // made by somebody else, to be shared
        }
        if (network.name().isPresent()) {
            other(
                    "network " + network.engineName(project.name()),
                    region,
                    network.location(),
                    path + "/name",
                    "the network \"" + network.engineName(project.name()) + "\"",
                    "remove \"name\", or end it in \"-${PORTOLAN_REGION}\"");
        }
        Stream.concat(
                        network.subnet().stream(),
                        network.design().stream()
                                .flatMap(design -> design.pools().stream())
                                .map(NetworkDesign.Pool::subnet)
                                .filter(subnet -> subnet.contains(":")))
                .forEach(subnet -> other(
                        "subnet " + subnet,
                        region,
                        network.location(),
                        path + "/ipam",
                        "the subnet " + subnet,
                        "remove it, or set another one in each region's own Compose file"));
    }

    private void volume(String region, ComposeProject project, ComposeVolume volume) {
        Predicate<ServiceVolume> writes = mount ->
                mount.type() == ServiceVolume.Type.VOLUME && mount.source().equals(volume.key()) && !mount.readOnly();
        boolean written = project.services().values().stream()
                .flatMap(service -> service.storage().volumes().stream())
                .anyMatch(writes);
        if (written && (volume.external() || volume.name().isPresent())) {
            other(
                    "volume " + volume.engineName(project.name()),
                    region,
                    volume.location(),
                    "volumes/" + volume.key() + "/name",
                    "the volume \"" + volume.engineName(project.name()) + "\", and all write to it",
                    "end its name in \"-${PORTOLAN_REGION}\", or mount it read-only");
        }
    }

    /** Those of the host: of a folder of the project each region has its own. */
    private void folders(String region, ComposeService service, Binds binds) {
        for (ServiceVolume mount : service.storage().volumes()) {
            if (mount.type() != ServiceVolume.Type.BIND
                    || mount.readOnly()
                    || !binds.isOfHost(mount)
                    || !Files.isDirectory(Path.of(mount.source()))) {
                continue;
            }
            String first = regionByThing.putIfAbsent("folder " + mount.source() + " " + service.name(), region);
            if (first != null && !first.equals(region)) {
                problems.warning(
                        mount.location(),
                        "services/" + service.name() + "/volumes",
                        "the regions on this machine share the folder " + mount.source(),
                        "mount it read-only, use a named volume, or put ${PORTOLAN_REGION} into the path");
            }
        }
    }

    private void other(String thing, String region, SourceLocation location, String path, String what, String remedy) {
        String first = regionByThing.putIfAbsent(thing, region);
        if (first != null && !first.equals(region)) {
            problems.error(location, path, cannotShare(first, region) + what, remedy);
        }
    }

    static String cannotShare(String first, String second) {
        return "the regions on this machine, such as " + first + " and " + second + ", cannot share ";
    }
}
