package dev.portolan.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningSocketsTest {
    private static final List<String> TABLES = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
               1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1
               2: 0B00010A:0050 0100000A:D431 01 00000000:00000000 00:00000000 00000000     0        0 3 1
              sl  local_address                         remote_address                        st tx_queue
               0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 00000000
               1: 0000000000000000FFFF00000B00010A:C350 00000000000000000000000000000000:0000 0A 00000000
            """.lines().toList();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, true",
        ":8080, true",
        "10.1.0.11:8080, false",
        "10.1.0.11:22, true",
        ":22, true",
        ":80, false",
        "10.1.0.11:443, true",
        "10.1.0.11:50000, true",
        "127.0.0.1:50000, false",
        ":50001, false"
    })
    void aPortIsTakenWhereSomebodyListens(String bind, boolean taken) {
        assertThat(ListeningSockets.taken(TABLES, bind)).isEqualTo(taken);
    }
}
