package dev.portolan.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Dependency;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import dev.portolan.testing.Examples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LevelsTest {

    @Test
    void aServiceStartsAfterAllThatItDependsOn() {
        List<Service> services = List.of(
                dependent("web", "db", "migrate"), dependent("migrate", "db"), dependent("cache"), dependent("db"));

        assertThat(Levels.of(services))
                .extracting(level -> level.stream().map(Service::name).toList())
                .containsExactly(List.of("cache", "db"), List.of("migrate"), List.of("web"));
    }

    @Test
    void aDependencyThatIsNotInTheReleaseIsNotWaitedFor() {
        assertThat(Levels.of(List.of(dependent("web", "gone")))).hasSize(1);
    }

    @Test
    void aCircleIsRefused() {
        assertThatThrownBy(() -> Levels.of(List.of(dependent("a", "b"), dependent("b", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    private static Service dependent(String name, String... on) {
        Service plain = Examples.service(name, "1", 1, UpdateOrder.START_FIRST);
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container(),
                plain.replicas(),
                plain.order(),
                Stream.of(on)
                        .map(other -> new Dependency(other, Dependency.Condition.HEALTHY))
                        .toList(),
                plain.settle(),
                plain.job());
    }
}
