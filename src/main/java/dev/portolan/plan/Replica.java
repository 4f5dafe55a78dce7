package dev.portolan.plan;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Service;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container that a plan is about.
 *
 * @param container its name
 * @param service of which it is a replica, as the release that wants it describes it
 * @param number 1 or more
 * @param address its fixed IPv4 address; empty when the engine chooses one
 * @param neighbours addresses that it knows by heart, by service
 * @param joined names of the containers whose namespaces it shares or whose volumes it mounts, by service
 * @param exists whether the engine has it already, so that it only needs to be started
 */
public record Replica(
        String container,
        Service service,
        int number,
        Optional<String> address,
        Map<String, String> neighbours,
        Map<String, String> joined,
        boolean exists) {

    /** The name of a replica: the same for the same content, so that going back finds the container it left. */
    public static String nameOf(String app, String region, Service service, int number) {
        return nameOf(app, region, service.name(), service.hash(), number);
    }

    static String nameOf(String app, String region, String service, String hash, int number) {
        return app + "-" + region + "-" + service + "-" + hash.substring(0, Math.min(6, hash.length())) + "-" + number;
    }

    /** The specification of its service, with a line for each name of a neighbour. */
    public ContainerSpec spec() {
        Networking networking = service.container().networking();
        Stream<String> known = networking.neighbours().stream()
                .filter(neighbour -> neighbours.containsKey(neighbour.service()))
                .flatMap(neighbour ->
                        neighbour.names().stream().map(name -> name + ":" + neighbours.get(neighbour.service())));
        return service.container()
                .with(networking.withExtraHosts(
                        Stream.concat(networking.extraHosts().stream(), known).toList()));
    }

    /** The same under another name. */
    Replica called(String name) {
        return new Replica(name, service, number, address, neighbours, joined, exists);
    }

    /** The same, to be made again. */
    public Replica anew() {
        return new Replica(container, service, number, address, neighbours, joined, false);
    }

    static Replica existing(
            ContainerState state, Service service, Map<String, String> neighbours, Map<String, String> joined) {
        String network = service.container().networking().attachments().isEmpty()
                ? ""
                : service.container().networking().attachments().getFirst().network();
        return new Replica(
                state.name(),
                service,
                state.replica(),
                Optional.ofNullable(state.address().get(network)),
                neighbours,
                joined,
                true);
    }
}
