package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MasterTest {

    @Test
    void theMasterTellsItsWorkers() {
        String text = """
                #<PID>          <type>          <reloads>       <uptime>        <version>
                18884           master          20 [failed: 2]  0d00h00m32s     2.6.12-1+deb12u4
                # workers
                21289           worker          0               0d00h00m00s     2.6.12-1+deb12u4
                # old workers
                20001           worker          1               0d00h00m09s     2.6.12-1+deb12u4
                20002           worker          2               0d00h00m19s     2.6.12-1+deb12u4
                # programs
                """;
        assertThat(Master.parse(text)).isEqualTo(new Master.Workers(List.of(21289L), List.of(20001L, 20002L), 2));
    }

    @Test
    void justAfterAReloadThereMayBeNoWorker() {
        assertThat(Master.parse("#<PID> <type>\n1 master 0 [failed: 0] 0d 2.6\n# workers\n# programs\n"))
                .isEqualTo(new Master.Workers(List.of(), List.of(), 0));
    }
}
