package dev.portolan.demo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.testing.TestFleet;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the hosts of the tests for somebody who wants to look into them. */
class HostsByHandIT {
    private static final int MINUTES = Integer.getInteger("hosts.minutes", 0);

    @Test
    void theHostsStayForAWhile() throws Exception {
        Assumptions.assumeTrue(MINUTES > 0, "is for looking into hosts by hand: set -Dhosts.minutes");
        TestFleet fleet = TestFleet.shared();
        System.out.println(fleet.hosts().hosts());
        System.out.println("ssh -F " + fleet.hosts().sshConfig() + " dublin-1");
        Thread.sleep(Duration.ofMinutes(MINUTES));
        assertThat(fleet.shell().run(fleet.host("dublin-1"), "systemctl is-system-running"))
                .isEqualTo("running\n");
    }
}
