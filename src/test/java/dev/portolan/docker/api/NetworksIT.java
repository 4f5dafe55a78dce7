package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.EngineException;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Labels;
import dev.portolan.model.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworksIT extends EngineTestBase {

    @Test
    void aNetworkHasItsSubnetAndIsMadeOnce() {
        String range = network("once");
        assertThat(engine.networks()).containsEntry(name("once"), range + ".0.0/23");
        engine.ensureNetwork(spec(name("once")), range + ".0.0/23", range + ".1.0/24", Map.of());
        assertThatThrownBy(() -> engine.ensureNetwork(spec(name("once")), "10.252.0.0/23", "10.252.1.0/24", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("10.252.0.0/23");
        engine.removeNetwork(name("once"));
        engine.removeNetwork(name("once"));
        assertThat(engine.networks()).doesNotContainKey(name("once"));
    }

    @Test
    void anExternalNetworkMustExist() {
        var external = new NetworkSpec(name("external"), Optional.empty(), false, true, Map.of(), Map.of());
        assertThatThrownBy(() -> engine.ensureNetwork(external, "", "", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("external");
        assertThat(engine.networks()).doesNotContainKey(name("external"));
    }

    @Test
    void aNetworkInUseIsNotRemoved() {
        network("used");
        create(name("member"), sleeping().network(name("used")));
        engine.start(name("member"));
        assertThatThrownBy(() -> engine.removeNetwork(name("used"))).isInstanceOf(EngineException.class);
    }

    @Test
    void aFixedAddressIsKeptWhileTheContainerDoesNotRun() {
        String range = network("fixed");
        String fixed = range + ".0.9";
        Map<String, String> labels = Map.of(
                Labels.APP, name("fixed"), Labels.SERVICE, "web", Labels.REPLICA, "1", Labels.RELEASE, "0123456789");
        engine.create(
                name("pinned"),
                sleeping().network(name("fixed"), "web").build(),
                labels,
                Optional.of(fixed),
                List.of());
        create(name("free"), sleeping().network(name("fixed"), "other"));
        assertThat(engine.addressesOn(name("fixed"))).contains(range + ".0.1", fixed);
        assertThat(engine.container(name("pinned")).orElseThrow().address()).containsEntry(name("fixed"), fixed);
        assertThat(engine.container(name("free")).orElseThrow().address()).isEmpty();

        engine.start(name("pinned"));
        engine.start(name("free"));
        ContainerState listed =
                engine.containers(Map.of(Labels.APP, name("fixed"))).getFirst();
        assertThat(listed.address()).containsEntry(name("fixed"), fixed);
        String chosen = engine.container(name("free")).orElseThrow().address().get(name("fixed"));
        assertThat(chosen).as("the engine chooses from its own half").startsWith(range + ".1.");
        assertThat(engine.addressesOn(name("fixed"))).contains(range + ".0.1", fixed, chosen);

        engine.stop(name("pinned"), java.time.Duration.ZERO);
        assertThat(engine.containers(Map.of(Labels.APP, name("fixed")))
                        .getFirst()
                        .address())
                .containsEntry(name("fixed"), fixed);
        assertThat(engine.addressesOn(name("fixed"))).contains(fixed);
        assertThat(engine.addressesOn(name("nothing"))).isEmpty();
    }

    @Test
    void anAddressThatIsTakenIsRefusedAtTheStart() {
        String range = network("taken");
        for (String word : List.of("first", "second")) {
            engine.create(
                    name(word),
                    sleeping().network(name("taken")).build(),
                    Map.of(),
                    Optional.of(range + ".0.7"),
                    List.of());
        }
        engine.start(name("first"));
        assertThatThrownBy(() -> engine.start(name("second")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(name("second"));
    }

    @Test
    void aContainerIsOnAllItsNetworksUnderItsNamesFromTheStart() {
        network("front");
        network("back");
        create(
                name("server"),
                busybox()
                        .shell("echo hello > /tmp/index.html; httpd -f -p 80 -h /tmp")
                        .network(name("front"), "www")
                        .network(name("back"), "api", "api2"));
        engine.start(name("server"));
        assertThat(engine.container(name("server")).orElseThrow().address()).containsKeys(name("front"), name("back"));
        String ask = "for i in 1 2 3 4 5 6 7 8 9 10; do wget -qO- http://%s/ && exit 0; sleep 0.2; done; exit 1";
        create(name("reader-front"), busybox().shell(ask.formatted("www")).network(name("front")));
        create(name("reader-back"), busybox().shell(ask.formatted("api2")).network(name("back")));
        for (String reader : List.of("reader-front", "reader-back")) {
            engine.start(name(reader));
            assertThat(engine.await(name(reader))).isZero();
            assertThat(output(name(reader))).containsExactly("hello");
        }
    }

    @Test
    void aNetworkThatDoesNotExistFailsTheStartAndIsNamed() {
        network("real");
        create(name("half"), sleeping().network(name("real")).network(name("imaginary")));
        assertThatThrownBy(() -> engine.start(name("half")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(name("imaginary"));
    }
}
