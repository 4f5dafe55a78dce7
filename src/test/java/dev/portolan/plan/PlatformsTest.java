package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Observed;
import dev.portolan.model.Observed.Home;
import dev.portolan.model.Platform;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Images and the processors of hosts. */
class PlatformsTest {
    private static final Platform ARM = Platform.parse("linux/arm64");
    private static final Platform AMD = Platform.parse("linux/amd64");
    private static final ImageSource BUILT =
            new ImageSource.Built("shop-web:abc", "/shop", "Dockerfile", Map.of(), Optional.empty());

    @Test
    void anImageThatTravelsToAHostThatCannotRunItIsAnErrorBeforeAnythingHappens() {
        Desired desired = runs(BUILT);
        Observed observed = observed(Map.of("dublin", ARM, "sydney", AMD), Map.of(BUILT, ARM));

        assertThatThrownBy(() -> plan(desired, observed)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message())
                    .isEqualTo("the image shop-web:abc of service web is for linux/arm64, but host sydney/local is"
                            + " linux/amd64");
            assertThat(error.remedy())
                    .isEqualTo("nothing was changed; give the service the platform of its hosts (platform:"
                            + " linux/amd64), so that the image is built or fetched for it, or run it in other"
                            + " regions");
        });
    }

    @Test
    void aPlatformThatIsAskedForMustBeTheHosts() {
        var pulled = new ImageSource.Pulled("redis:7", "sha256:ab", Optional.of("linux/arm64"));
        assertThatThrownBy(() -> plan(runs(pulled), observed(Map.of("dublin", AMD, "sydney", ARM), Map.of())))
                .hasMessage(
                        "the image redis:7 of service web is for linux/arm64, but host dublin/local is linux/amd64");
    }

    @Test
    void anImageOfARegistryIsThereForEveryPlatform() {
        var pulled = new ImageSource.Pulled("redis:7", "sha256:ab");
        assertThatCode(() -> plan(runs(pulled), observed(Map.of("dublin", ARM, "sydney", AMD), Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void theEngineThatBuildsRunsWhatItsOwnerHasPreparedItFor() {
        Observed observed = new Observed(
                Map.of(hostOf("dublin"), host("dublin", AMD, Set.of())),
                TrafficState.ABSENT,
                Optional.of(new Home("engine-dublin", Map.of(BUILT, ARM))));
        assertThatCode(() -> Platforms.require(runs(BUILT, "dublin"), observed)).doesNotThrowAnyException();
    }

    @Test
    void whatAHostHasItRunsAsBefore() {
        Observed observed = new Observed(
                Map.of(hostOf("dublin"), host("dublin", AMD, Set.of(BUILT))),
                TrafficState.ABSENT,
                Optional.of(new Home("mine", Map.of(BUILT, ARM))));
        assertThatCode(() -> Platforms.require(runs(BUILT, "dublin"), observed)).doesNotThrowAnyException();
    }

    private static Plan plan(Desired desired, Observed observed) {
        return Planner.plan(
                new Request(
                        desired,
                        Optional.empty(),
                        Optional.empty(),
                        NOON,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Request.Mode.FORWARD),
                observed);
    }

    private static Desired runs(ImageSource image, String... regions) {
        Service plain = service("web", "1", 1, UpdateOrder.START_FIRST);
        ContainerSpec spec = plain.container();
        Service service = new Service(
                plain.name(),
                plain.hash(),
                new ContainerSpec(
                        image,
                        spec.process(),
                        spec.healthTest(),
                        spec.networking(),
                        spec.storage(),
                        spec.resources(),
                        spec.security(),
                        spec.labels(),
                        spec.restart(),
                        spec.logging()),
                plain.replicas(),
                plain.order(),
                plain.dependencies(),
                plain.settle(),
                plain.job());
        return release(
                regions.length == 0 ? List.of("dublin", "sydney") : List.of(regions),
                new TrafficSettings.None(),
                service);
    }

    private static Observed observed(Map<String, Platform> hosts, Map<ImageSource, Platform> images) {
        return new Observed(
                Map.of(
                        hostOf("dublin"), host("dublin", hosts.getOrDefault("dublin", AMD), Set.of()),
                        hostOf("sydney"), host("sydney", hosts.getOrDefault("sydney", AMD), Set.of())),
                TrafficState.ABSENT,
                Optional.of(new Home("mine", images)));
    }

    private static HostState.Reachable host(String region, Platform platform, Set<ImageSource> images) {
        HostState.Reachable empty = emptyHost(region);
        return new HostState.Reachable(
                empty.engine(),
                empty.containers(),
                empty.networks(),
                empty.routes(),
                empty.volumes(),
                images,
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed(),
                empty.files(),
                empty.folders(),
                empty.takenNames(),
                empty.engineApi(),
                platform);
    }
}
