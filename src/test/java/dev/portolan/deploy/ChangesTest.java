package dev.portolan.deploy;

import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Desired;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final TrafficSettings EDGE = new TrafficSettings.Edge(8080);
    private static final Service WEB_1 = service("web", "1", 2, UpdateOrder.START_FIRST);
    private static final Service WEB_2 = service("web", "2", 3, UpdateOrder.START_FIRST);
    private static final Service CACHE = service("cache", "1", 1, UpdateOrder.START_FIRST);
    private static final Service WORKER = service("worker", "1", 1, UpdateOrder.START_FIRST);

    @Test
    void theFirstReleaseIsAllNew() {
        assertThat(texts(Changes.between(Optional.empty(), release(List.of("dublin"), EDGE, WEB_1, CACHE))))
                .containsExactly("web: new", "cache: new");
    }

    @Test
    void eachServiceSaysWhatBecomesOfIt() {
        Desired old = release(List.of("dublin", "sydney"), EDGE, WEB_1, CACHE, WORKER);
        Desired now = release(List.of("dublin", "sydney"), EDGE, CACHE, WEB_2);

        assertThat(texts(Changes.between(Optional.of(old), now)))
                .containsExactly(
                        "cache: untouched",
                        "web: changed (image example/web:1 -> example/web:2; 2 -> 3 replicas)",
                        "worker: removed");
        assertThat(Changes.between(Optional.of(old), now).summary())
                .isEqualTo("web: changed (image example/web:1 -> example/web:2; 2 -> 3 replicas), worker: removed");
        assertThat(Changes.between(Optional.of(old), old).summary()).isEqualTo("nothing");
    }

    @Test
    void regionsThatComeAndGoAreSaid() {
        Desired old = release(List.of("dublin", "sydney"), EDGE, WEB_1);
        Desired now = release(List.of("sfo", "sydney"), new TrafficSettings.Edge(9090), WEB_1);

        assertThat(Changes.between(Optional.of(old), now).others())
                .containsExactly(
                        "region sfo is new", "region dublin goes", "the primary is sfo, no longer dublin", "traffic");
        assertThat(texts(Changes.between(Optional.of(old), now))).containsExactly("web: changed in sfo, dublin");
    }

    private static List<String> texts(Changes changes) {
        return changes.services().stream().map(ServiceChange::text).toList();
    }
}
