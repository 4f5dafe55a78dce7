package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.deploy.Doctor.Configured;
import dev.portolan.deploy.Doctor.Engine;
import dev.portolan.deploy.Doctor.Facts;
import dev.portolan.deploy.Doctor.Folder;
import dev.portolan.deploy.Doctor.Port;
import dev.portolan.deploy.Finding.Grade;
import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.model.HostId;
import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.UserError;
import dev.portolan.plan.Externals.Missing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final Folder STATE = new Folder("/var/lib/portolan", Optional.empty(), 50_000_000_000L);

    @Test
    void aFitMachineHasOnlyGoodFindings() {
        assertThat(Doctor.findings(
                        facts(engine("1.41", true), STATE, new Configured.Valid("shop", List.of()), List.of())))
                .extracting(Finding::grade, Finding::subject, Finding::message)
                .containsExactly(
                        good("engine", "Docker Engine 20.10.24, API 1.41"),
                        good("live restore", "containers outlive a restart of the engine"),
                        good("memory", "4.0 GB"),
                        good("state folder", "/var/lib/portolan can be written"),
                        good("disk", "50.0 GB free at /var/lib/portolan"),
                        good("proxy image", "the engine has it"),
                        good("configuration", "the app shop is valid"));
    }

    @Test
    void anOldEngineIsWrongAndOneWithoutLiveRestoreIsAdvised() {
        List<Finding> findings =
                Doctor.findings(facts(engine("1.40", false), STATE, new Configured.Missing("/tmp"), List.of()));

        assertThat(findings)
                .contains(
                        Finding.wrong(
                                "engine",
                                "Docker Engine 20.10.24, API 1.40 is older than API 1.41",
                                "upgrade Docker to 20.10 or newer"),
                        Finding.advice(
                                "live restore",
                                "off: a restart of the engine, such as an upgrade, stops every container",
                                "write { \"live-restore\": true } into /etc/docker/daemon.json, then: systemctl reload"
                                        + " docker"),
                        Finding.advice(
                                "configuration",
                                "there is no portolan.yml and no compose.yaml in /tmp",
                                "go to your app's folder, or name it with -C DIR"));
        assertThat(Doctor.findings(facts(engine("1.100", true), STATE, new Configured.Missing("/"), List.of())))
                .filteredOn(finding -> finding.grade() == Grade.WRONG)
                .isEmpty();
    }

    @Test
    void anEngineThatIsSilentSaysItsOwnRemedy() {
        assertThat(Doctor.findings(new Facts(
                                new Engine.Silent(new UserError("no engine answers", "start one")),
                                STATE,
                                Optional.empty(),
                                Optional.empty(),
                                new Configured.Missing("/"),
                                List.of(),
                                List.of()))
                        .getFirst())
                .isEqualTo(Finding.wrong("engine", "no engine answers", "start one"));
    }

    @Test
    void aFullDiskIsWrongAndANearlyFullOneIsAdvised() {
        assertThat(disk(1_900_000_000L)).isEqualTo(Grade.WRONG);
        assertThat(disk(2_000_000_000L)).isEqualTo(Grade.ADVICE);
        assertThat(disk(10_000_000_000L)).isEqualTo(Grade.GOOD);
    }

    @Test
    void aPortOfSomebodyElseIsWrong() {
        assertThat(Doctor.findings(facts(
                        engine("1.41", true),
                        STATE,
                        new Configured.Valid("shop", List.of()),
                        List.of(
                                new Port(8080, "the edge", Port.Holder.FREE),
                                new Port(8081, "the proxy of dublin", Port.Holder.OURS),
                                new Port(8082, "the proxy of sydney", Port.Holder.SOMEBODY_ELSE)))))
                .endsWith(
                        Finding.good("port 8080", "free, for the edge"),
                        Finding.good("port 8081", "the proxy of dublin listens there"),
                        Finding.wrong(
                                "port 8082",
                                "another program listens there; it is wanted for the proxy of sydney",
                                "end it (see who it is with: ss -ltnp 'sport = :8082', or docker ps --filter"
                                        + " publish=8082), or choose another port under \"traffic\" or \"routes\" of"
                                        + " portolan.yml"));
    }

    @Test
    void anExternalNetworkThatIsNotThereIsWrong() {
        Facts facts = new Facts(
                engine("1.41", true),
                STATE,
                Optional.empty(),
                Optional.of(true),
                new Configured.Valid("shop", List.of()),
                List.of(),
                List.of(new Missing(
                        "network", "proxies", new HostId("dublin", "local"), "docker network create proxies")));

        assertThat(Doctor.findings(facts))
                .last()
                .isEqualTo(Finding.wrong(
                        "network proxies",
                        "the Compose file calls it external, and dublin/local does not have it",
                        "make it with: docker network create proxies"));
    }

    @Test
    void aBrokenConfigurationIsWrong() {
        Problem problem = Problem.error(SourceLocation.wholeFile("compose.yaml"), "", "is empty", "add services");

        assertThat(Doctor.findings(facts(
                        engine("1.41", true), STATE, new Configured.Broken(List.of(problem, problem)), List.of())))
                .last()
                .isEqualTo(Finding.wrong(
                        "configuration",
                        "compose.yaml: is empty; add services (and 1 more)",
                        "see all of it with: portolan plan"));
    }

    private static org.assertj.core.groups.Tuple good(String subject, String message) {
        return org.assertj.core.api.Assertions.tuple(Grade.GOOD, subject, message);
    }

    private static Grade disk(long free) {
        Folder folder = new Folder("/", Optional.empty(), free);
        return Doctor.findings(facts(engine("1.41", true), folder, new Configured.Missing("/"), List.of())).stream()
                .filter(finding -> finding.subject().equals("disk"))
                .findFirst()
                .orElseThrow()
                .grade();
    }

    private static Facts facts(Engine engine, Folder state, Configured configured, List<Port> ports) {
        return new Facts(engine, state, Optional.empty(), Optional.of(true), configured, ports, List.of());
    }

    private static Engine engine(String api, boolean liveRestore) {
        return new Engine.Answers(
                new EngineInfo("id", "20.10.24", api, "Debian", "amd64", 2, 4_000_000_000L, liveRestore));
    }
}
