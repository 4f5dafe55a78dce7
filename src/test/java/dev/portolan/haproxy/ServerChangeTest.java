package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerChangeTest {
    private static final ServerChange ADDRESS = new ServerChange.Address("shop.web", "s1", "10.213.0.2", 3000);
    private static final ServerChange MODE = new ServerChange.Mode("shop.web", "s1", ServerStatus.Mode.MAINTENANCE);

    @Test
    void aChangeIsACommand() {
        assertThat(ADDRESS.command()).isEqualTo("set server shop.web/s1 addr 10.213.0.2 port 3000");
        assertThat(MODE.command()).isEqualTo("set server shop.web/s1 state maint");
        assertThat(new ServerChange.Unhealthy("shop.web", "s1").command())
                .isEqualTo("set server shop.web/s1 health down");
        assertThat(new ServerChange.Weight("shop.web", "s1", 0).command())
                .isEqualTo("set server shop.web/s1 weight 0%");
    }

    @Test
    void anAddressIsAcknowledgedInWords() {
        assertThat(ADDRESS.acknowledgedBy(
                        "IP changed from '192.0.2.1' to '10.213.0.2', port changed from '9' to '3000' by"
                                + " 'stats socket command'"))
                .isTrue();
        assertThat(ADDRESS.acknowledgedBy(
                        "no need to change the addr, no need to change the port by 'stats socket command'"))
                .isTrue();
        assertThat(ADDRESS.acknowledgedBy("No such server.")).isFalse();
        assertThat(ADDRESS.acknowledgedBy("Invalid addr format 'x'.")).isFalse();
    }

    @Test
    void anythingSaidAboutAModeIsARefusal() {
        assertThat(MODE.acknowledgedBy("")).isTrue();
        assertThat(MODE.acknowledgedBy("No such server.")).isFalse();
    }
}
