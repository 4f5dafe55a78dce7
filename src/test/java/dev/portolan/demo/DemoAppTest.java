package dev.portolan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.config.Configuration;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.model.Desired;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAppTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheApp() throws IOException {
        DemoFiles.APP.writeTo(folder);
    }

    private Configuration read(Map<String, String> environment) {
        return ConfigurationReader.read(
                folder,
                ConfigurationReader.Options.of(
                        environment, reference -> Optional.of("sha256:" + Fingerprint.of(reference))));
    }

    private Desired release(String release, String fault) {
        return read(Map.of("RELEASE", release, "FAULT", fault)).desired();
    }

    @Test
    void threeRegionsWithThePrimaryAndAnEdge() {
        Configuration configuration = read(Map.of());

        assertThat(configuration.warnings()).isEmpty();
        Desired desired = configuration.desired();
        assertThat(desired.regions())
                .extracting(region -> region.name())
                .containsExactly("dublin", "san-francisco", "sydney");
        assertThat(desired.primary()).isEqualTo("dublin");
        assertThat(desired.traffic()).isEqualTo(new TrafficSettings.Edge(8080));
        assertThat(Route.http(desired.routes())).extracting(Route.Http::health).containsExactly("/heartbeat");
    }

    @Test
    void eachRegionHasVariablesOfItsOwn() {
        Desired desired = release("v1", "");

        assertThat(List.of("dublin", "san-francisco", "sydney")).allSatisfy(region -> {
            Map<String, String> web =
                    service(desired, region, "web").container().process().environment();
            assertThat(web)
                    .containsEntry("REGION", region)
                    .containsEntry("POSTGRES_DB", "harbour_" + region.replace('-', '_'));
            assertThat(service(desired, region, "db").container().process().environment())
                    .containsEntry("POSTGRES_DB", web.get("POSTGRES_DB"));
        });
        assertThat(service(desired, "sydney", "web").container().process().environment())
                .containsEntry("PLACE", "Sydney")
                .containsEntry("GREETING", "G'day");
    }

    @Test
    void aReleaseChangesTheWebServiceAndTheWorkerOnly() {
        assertChanged(release("v1", ""), release("v2", ""));
        assertChanged(release("v2", ""), release("v2", "heartbeat"));
        assertChanged(release("v2", ""), release("v2", "requests"));
    }

    private static void assertChanged(Desired before, Desired after) {
        before.workloads().forEach((region, workload) -> {
            List<String> changed = workload.services().stream()
                    .filter(service -> !service.hash()
                            .equals(service(after, region, service.name()).hash()))
                    .map(Service::name)
                    .toList();
            assertThat(changed).containsExactlyInAnyOrder("web", "worker");
        });
    }

    private static Service service(Desired desired, String region, String name) {
        Workload workload = Optional.ofNullable(desired.workloads().get(region)).orElseThrow();
        return workload.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
