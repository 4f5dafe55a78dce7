package dev.portolan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubnetTest {

    @Test
    void theFirstFreeSubnetSkipsThoseThatOverlap() {
        List<Subnet> taken =
                List.of(Subnet.parse("10.213.0.0/23"), Subnet.parse("10.213.2.128/25"), Subnet.parse("172.17.0.0/16"));

        assertThat(Subnet.firstFree(taken)).map(Subnet::toString).contains("10.213.4.0/23");
    }

    @Test
    void whereAllOfTheFirstRangeIsTakenTheNextOneHasAFreeSubnet() {
        Subnet tens = Subnet.parse("10.0.0.0/8");

        assertThat(Subnet.firstFree(List.of(tens, Subnet.parse("172.16.0.0/14"))))
                .map(Subnet::toString)
                .contains("172.20.0.0/23");
        assertThat(Subnet.firstFree(List.of(tens, Subnet.parse("172.16.0.0/12"))))
                .map(Subnet::toString)
                .contains("192.168.0.0/23");
    }

    @Test
    void nothingIsFreeWhereAllPrivateRangesAreTaken() {
        assertThat(Subnet.firstFree(List.of(
                        Subnet.parse("10.0.0.0/8"), Subnet.parse("172.16.0.0/12"), Subnet.parse("192.168.0.0/16"))))
                .isEmpty();
    }

    @Test
    void fixedAddressesComeFromTheLowerHalfAndTheEngineHasTheUpperOne() {
        Subnet subnet = Subnet.parse("10.213.4.0/23");

        assertThat(subnet.firstFreeAddress(Set.of("10.213.4.2", "10.213.4.3"))).contains("10.213.4.4");
        assertThat(subnet.dynamicRange()).isEqualTo("10.213.5.0/24");
    }

    @Test
    void whereTheAppSaysWhatTheEngineChoosesFromAllElseIsForFixedAddresses() {
        Subnet subnet = Subnet.parse("10.9.0.0/29");

        assertThat(subnet.firstFreeAddress(Set.of("10.9.0.2"), Optional.of("10.9.0.0/30")))
                .contains("10.9.0.4");
        assertThat(subnet.firstFreeAddress(Set.of(), Optional.of("10.9.0.0/29")))
                .isEmpty();
    }

    @Test
    void aFullSubnetHasNoAddress() {
        Subnet tiny = Subnet.parse("192.168.7.8/29");

        assertThat(tiny.firstFreeAddress(Set.of("192.168.7.10"))).contains("192.168.7.11");
        assertThat(tiny.firstFreeAddress(Set.of("192.168.7.10", "192.168.7.11")))
                .isEmpty();
    }

    @Test
    void anAddressInsideASubnetStandsForTheSubnet() {
        assertThat(Subnet.parse("10.20.3.77/22")).hasToString("10.20.0.0/22");
    }
}
