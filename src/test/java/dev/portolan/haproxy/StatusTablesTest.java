package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusTablesTest {
    private static final String STATISTICS = """
            # pxname,svname,qcur,scur,econ,eresp,wretr,wredis,status,check_status,check_code,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,last_chk,check_desc,addr,
            shop.web,s1,1,2,3,4,5,6,UP,* L7OK,200,1,20,3,4,5,0,,Layer7 check passed,10.213.0.2:3000,
            shop.web,s2,0,0,0,0,0,0,DOWN,L4CON,,0,0,0,0,0,0,Connection refused,Layer4 connection problem,10.213.0.3:3000,
            shop.web,s3,0,0,0,0,0,0,MAINT,,,0,0,0,0,0,0,,,192.0.2.1:9,
            """;
    private static final String STATE = """
            1
            # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight
            3 shop.web 1 s1 10.213.0.2 2 0 1
            3 shop.web 2 s2 10.213.0.3 0 12 1
            3 shop.web 3 s3 192.0.2.1 0 5 1
            """;

    @Test
    void aServerInServiceIsReadyAndHealthy() {
        ServerStatus server = StatusTables.servers(STATISTICS, STATE).getFirst();
        assertThat(server.mode()).isEqualTo(ServerStatus.Mode.READY);
        assertThat(server.healthy()).isTrue();
        assertThat(server.address()).isEqualTo("10.213.0.2:3000");
        assertThat(server.current()).isEqualTo(3);
        assertThat(server.counters()).isEqualTo(new Counters(33, 5, 18, 7));
    }

    @Test
    void aServerThatConnectionsGoToIsHealthyWhenItTakesOne() {
        ServerStatus server =
                StatusTables.servers("""
                        # pxname,svname,qcur,scur,stot,econ,eresp,srv_abrt,wretr,wredis,mode,check_status,hrsp_2xx,last_chk,check_desc,addr,
                        shop.db,s1,0,2,9,3,0,1,5,6,tcp,L4OK,,,Layer4 check passed,10.213.0.2:5432,
                        """, STATE.replace("shop.web", "shop.db")).getFirst();
        assertThat(server.healthy()).isTrue();
        assertThat(server.counters()).isEqualTo(new Counters(6, 0, 14, 3));
    }

    @Test
    void aServerThatIsDownIsStillKnownToDrain() {
        ServerStatus server = StatusTables.servers(STATISTICS, STATE).get(1);
        assertThat(server.mode()).isEqualTo(ServerStatus.Mode.DRAIN);
        assertThat(server.healthy()).isFalse();
        assertThat(server.checkText()).isEqualTo("Layer4 connection problem: Connection refused");
    }

    @Test
    void aServerThatTheFileDisabledIsInMaintenance() {
        assertThat(StatusTables.servers(STATISTICS, STATE).getLast().mode()).isEqualTo(ServerStatus.Mode.MAINTENANCE);
    }

    @Test
    void anErrorInPlaceOfATableIsNotTakenForOne() {
        assertThatThrownBy(() -> StatusTables.servers("Permission denied", STATE))
                .isInstanceOf(HaproxyException.class)
                .hasMessageContaining("Permission denied");
    }

    @Test
    void theWorkerTellsWhatItWasStartedWith() {
        ProcessStatus status =
                ProcessStatus.parse("Name: HAProxy\nPid: 18\nUptime_sec: 7\ndescription: generation=a1 shop=b2\n");
        assertThat(status.process()).isEqualTo(18);
        assertThat(status.uptime()).isEqualTo(Duration.ofSeconds(7));
        assertThat(status.described("shop")).contains("b2");
        assertThat(status.described("other")).isEmpty();
    }
}
