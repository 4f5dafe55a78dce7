package dev.portolan.docker.api;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.Endpoint;
import dev.portolan.model.HealthTest;
import dev.portolan.model.MountOptions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an engine must not be too old for: those parts of a specification that Docker Compose refuses to hand to an older one. Others that
 * an engine does not know it passes over, here as there.
 */
final class EngineAge {
    private static final ApiVersion ENGINE_25 = new ApiVersion(1, 44);
    private static final ApiVersion ENGINE_28 = new ApiVersion(1, 48);
    private static final ApiVersion ENGINE_28_1 = new ApiVersion(1, 49);

    private EngineAge() {}

    /** @throws RefusedException which says what the engine is too old for */
    static void check(ContainerSpec spec, ApiVersion version) throws RefusedException {
        needs(
                spec.healthTest().flatMap(HealthTest::startInterval).isPresent(),
                "healthcheck.start_interval",
                "25",
                ENGINE_25,
                version);
        // On the first network it is the container's own, which every engine knows; Docker Compose means to do so too,
        // and is refused.
        needs(
                endpoints(spec)
                        .skip(1)
                        .anyMatch(endpoint ->
                                endpoint.isPresent() && !endpoint.get().mac().isEmpty()),
                "mac_address of a second network",
                "25",
                ENGINE_25,
                version);
        needs(
                anyBind(spec, bind -> bind.recursive().equals("readonly")),
                "bind.recursive: readonly",
                "25",
                ENGINE_25,
                version);
        needs(
                spec.storage().mounts().stream().anyMatch(mount -> mount.kind() == ContainerSpec.Mount.Kind.IMAGE),
                "a volume of the type image",
                "28",
                ENGINE_28,
                version);
        needs(
                endpoints(spec)
                        .flatMap(Optional::stream)
                        .anyMatch(endpoint -> !endpoint.interfaceName().isEmpty()),
                "interface_name of a network",
                "28.1",
                ENGINE_28_1,
                version);
    }

    private static Stream<Optional<Endpoint>> endpoints(ContainerSpec spec) {
        return spec.networking().attachments().stream().map(NetworkAttachment::endpoint);
    }

    private static boolean anyBind(ContainerSpec spec, Predicate<MountOptions.OfBind> asks) {
        return spec.storage().mounts().stream()
                .flatMap(mount -> mount.options().stream())
                .anyMatch(options -> options instanceof MountOptions.OfBind bind && asks.test(bind));
    }

    private static void needs(boolean asked, String what, String engine, ApiVersion least, ApiVersion version)
            throws RefusedException {
        if (asked && version.compareTo(least) < 0) {
            throw new RefusedException(
                    400,
                    what + " needs Docker Engine " + engine + " or newer; this one speaks the API " + version.text());
        }
    }
}
