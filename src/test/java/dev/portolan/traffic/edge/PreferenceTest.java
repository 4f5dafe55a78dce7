package dev.portolan.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Place;
import dev.portolan.model.Pools.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferenceTest {
    private static final Pool DUBLIN = new Pool("dublin", new Place(53.35, -6.26), List.of("127.0.0.1:8001"));
    private static final Pool SAN_FRANCISCO = new Pool("sfo", new Place(37.77, -122.42), List.of("127.0.0.1:8002"));
    private static final Pool SYDNEY = new Pool("sydney", new Place(-33.87, 151.21), List.of("127.0.0.1:8003"));
    private static final Pool SINGAPORE = new Pool("singapore", new Place(1.35, 103.82), List.of("127.0.0.1:8004"));
    private static final Pool MUMBAI = new Pool("mumbai", new Place(19.08, 72.88), List.of("127.0.0.1:8005"));

    @Test
    void theNearestComesFirst() {
        List<Pool> pools = List.of(DUBLIN, SAN_FRANCISCO, SYDNEY);
        assertThat(Preference.from(DUBLIN, pools, "dublin")).containsExactly(DUBLIN, SAN_FRANCISCO, SYDNEY);
        assertThat(Preference.from(SYDNEY, pools, "dublin")).containsExactly(SYDNEY, SAN_FRANCISCO, DUBLIN);
    }

    @Test
    void thePrimaryIsTheThirdAtTheLatest() {
        List<Pool> pools = List.of(DUBLIN, SAN_FRANCISCO, SYDNEY, SINGAPORE, MUMBAI);
        assertThat(Preference.from(SYDNEY, pools, "dublin"))
                .containsExactly(SYDNEY, SINGAPORE, DUBLIN, MUMBAI, SAN_FRANCISCO);
        assertThat(Preference.from(MUMBAI, pools, "dublin"))
                .containsExactly(MUMBAI, SINGAPORE, DUBLIN, SYDNEY, SAN_FRANCISCO);
    }

    @Test
    void twoRegionsAtOnePlaceStillHaveTheirOwnReaders() {
        Pool neighbour = new Pool("dublin-2", DUBLIN.place(), List.of("127.0.0.1:8006"));
        assertThat(Preference.from(neighbour, List.of(DUBLIN, neighbour), "dublin"))
                .containsExactly(neighbour, DUBLIN);
    }
}
