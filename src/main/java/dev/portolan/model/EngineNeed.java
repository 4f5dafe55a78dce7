package dev.portolan.model;

import dev.portolan.model.ContainerSpec.NetworkAttachment;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an engine must not be too old for. Only what Docker Compose refuses to hand to an older one: other keys that an engine does not
 * know it passes over, here as there.
 *
 * @param what the key
 * @param engine the first Docker Engine that knows it
 * @param api N of the API 1.N that it speaks
 */
public record EngineNeed(String what, String engine, int api) {

    /** What a container asks of its engine. */
    public static List<EngineNeed> of(ContainerSpec spec) {
        return Stream.of(
                        when(
                                spec.healthTest()
                                        .flatMap(HealthTest::startInterval)
                                        .isPresent(),
                                new EngineNeed("healthcheck.start_interval", "25", 44)),
                        // On the first network it is the container's own, which every engine knows; Docker Compose
                        // means to do so too, and is refused.
                        when(
                                endpoints(spec, 1)
                                        .anyMatch(asked -> !asked.mac().isEmpty()),
                                new EngineNeed("the mac_address of a second network", "25", 44)),
                        when(
                                anyBind(spec, bind -> bind.recursive().equals("readonly")),
                                new EngineNeed("bind.recursive: readonly", "25", 44)),
                        when(
                                spec.storage().mounts().stream()
                                        .anyMatch(mount -> mount.kind() == ContainerSpec.Mount.Kind.IMAGE),
                                new EngineNeed("a volume of the type image", "28", 48)),
                        when(
                                endpoints(spec, 0)
                                        .anyMatch(
                                                asked -> !asked.interfaceName().isEmpty()),
                                new EngineNeed("the interface_name of a network", "28.1", 49)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<EngineNeed> when(boolean asked, EngineNeed need) {
        return asked ? Optional.of(need) : Optional.empty();
    }

    private static Stream<Endpoint> endpoints(ContainerSpec spec, int skipped) {
        return spec.networking().attachments().stream()
                .skip(skipped)
                .map(NetworkAttachment::endpoint)
                .flatMap(Optional::stream);
    }

    private static boolean anyBind(ContainerSpec spec, Predicate<MountOptions.OfBind> asks) {
        return spec.storage().mounts().stream()
                .flatMap(mount -> mount.options().stream())
                .anyMatch(options -> options instanceof MountOptions.OfBind bind && asks.test(bind));
    }

    /** @param spoken N of the API 1.N that the engine speaks */
    public boolean isMetBy(int spoken) {
        return spoken >= api;
    }

    @Override
    public String toString() {
        return what + " needs Docker Engine " + engine + " or newer";
    }
}
