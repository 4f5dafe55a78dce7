package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Service;
import java.util.Optional;

/**
 * A container that a plan is about.
 *
 * @param container its name
 * @param service of which it is a replica, as the release that wants it describes it
 * @param number 1 or more
 * @param address its fixed IPv4 address; empty when the engine chooses one
 * @param exists whether the engine has it already, so that it only needs to be started
 */
public record Replica(String container, Service service, int number, Optional<String> address, boolean exists) {

    /** The name of a replica: the same for the same content, so that going back finds the container it left. */
    public static String nameOf(String app, String region, Service service, int number) {
        return app + "-" + region + "-" + service.name() + "-" + service.hash().substring(0, 6) + "-" + number;
    }

    static Replica existing(ContainerState state, Service service) {
        String network = service.container().networking().attachments().isEmpty()
                ? ""
                : service.container().networking().attachments().getFirst().network();
        return new Replica(
                state.name(),
                service,
                state.replica(),
                Optional.ofNullable(state.address().get(network)),
                true);
    }
}
