package dev.portolan.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineSetupTest {
    private static final String INSTALL =
            "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 install"
                    + " --no-install-recommends docker.io ca-certificates";
    private static final String DAEMON = "setsid dockerd --live-restore --host unix:///var/run/docker.sock"
            + " --pidfile /state/dockerd.pid >> /state/dockerd.log";

    private final FakeMachine machine = new FakeMachine();
    private final List<String> progress = new ArrayList<>();

    private EngineSetup setup(Map<String, String> environment) {
        return new EngineSetup(machine, EngineSocket.of(environment), Path.of("/state"));
    }

    private EngineStart ensure() {
        return setup(Map.of()).ensure(Consent.GIVEN, progress::add);
    }

    @Test
    void anEngineThatAnswersIsLeftAlone() {
        machine.answer = Machine.EngineAnswer.ANSWERS;
        Consent nobodyAsks = question -> {
            throw new AssertionError(question);
        };

        assertThat(setup(Map.of()).ensure(nobodyAsks, progress::add)).isEqualTo(new EngineStart.Found());
        assertThat(machine.commands).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void onDebianItInstallsAnEngineAndStartsItAsAProcess() {
        machine.files.put(Path.of("/state/dockerd.pid"), List.of("4711"));

        assertThat(ensure()).isEqualTo(new EngineStart.Daemon(true, 4711, Path.of("/state/dockerd.log")));
        assertThat(machine.commands).containsExactly(INSTALL, DAEMON);
        assertThat(progress)
                .containsExactly(
                        "installing docker.io, ca-certificates",
                        "starting a Docker Engine; its log is /state/dockerd.log");
    }

    @Test
    void anEngineThatItsPackageStartsIsNotStartedTwice() {
        machine.packageStartsIt = true;

        assertThat(ensure()).isEqualTo(new EngineStart.Service(true));
        assertThat(machine.commands).containsExactly(INSTALL);
    }

    @Test
    void underSystemdItStartsTheUnit() {
        machine.facts = new MachineFacts("Linux", Set.of("ubuntu", "debian"), "ada", Rights.SUDO, true, true, true);

        assertThat(ensure()).isEqualTo(new EngineStart.Service(false));
        assertThat(machine.commands)
                .containsExactly(
                        "sudo -n systemctl start docker",
                        "sudo -n usermod -aG docker ada",
                        "sudo -n chown ada /var/run/docker.sock");
    }

    @Test
    void packageListsAreFetchedOnlyWhenTheInstallationFails() {
        machine.files.put(Path.of("/state/dockerd.pid"), List.of("4711"));
        machine.fails = command -> command.contains("install") && machine.commands.size() == 1;

        ensure();

        assertThat(machine.commands)
                .containsExactly(
                        INSTALL,
                        "DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 update",
                        INSTALL,
                        DAEMON);
    }

    @Test
    void anInstallationThatFailsSaysWhatTheCommandSaid() {
        machine.fails = command -> command.contains("install");

        assertThatThrownBy(this::ensure).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message()).isEqualTo("could not install docker.io, ca-certificates: E: it failed");
            assertThat(error.remedy()).isEqualTo("run this to see all of it: " + INSTALL);
        });
    }

    @Test
    void anEngineThatDoesNotStartIsAnErrorWithTheEndOfItsLog() {
        machine.startsWithin = Duration.ofHours(1);
        machine.files.put(Path.of("/state/dockerd.log"), List.of("failed to start daemon: no cgroups"));

        assertThatThrownBy(this::ensure).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message())
                    .isEqualTo("the Docker Engine did not start within 60 s: failed to start daemon: no cgroups");
            assertThat(error.remedy()).isEqualTo("see /state/dockerd.log");
        });
    }

    @Test
    void nothingIsDoneWithoutConsent() {
        List<String> questions = new ArrayList<>();
        Consent refused = question -> {
            questions.add(question);
            return false;
        };

        assertThatThrownBy(() -> setup(Map.of()).ensure(refused, progress::add)).isInstanceOf(UserError.class);
        assertThat(questions)
                .containsExactly(
                        "No Docker Engine answers on this machine. Install docker.io by apt-get, start dockerd?");
        assertThat(machine.commands).isEmpty();
    }

    @Test
    void aSocketThatTheUserMayNotUseIsAnErrorOfItsOwn() {
        machine.answer = Machine.EngineAnswer.NOT_ALLOWED;

        assertThatThrownBy(this::ensure).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message())
                    .isEqualTo("a Docker Engine runs, but ada may not use its socket /var/run/docker.sock");
            assertThat(error.remedy())
                    .isEqualTo("run: sudo usermod -aG docker ada, then log in again"
                            + " (or: sg docker -c './portolan demo')");
        });
    }

    @Test
    void anEngineThatTheEnvironmentNamesIsNeverStarted() {
        assertThatThrownBy(() -> setup(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock"))
                        .ensure(Consent.GIVEN, progress::add))
                .hasMessage("no Docker Engine answers at /run/user/1000/docker.sock, which DOCKER_HOST names");
        assertThatThrownBy(() -> setup(Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375")))
                .hasMessage("DOCKER_HOST is tcp://10.0.0.1:2375, which is not a socket of this machine");
        assertThat(machine.commands).isEmpty();
    }

    @Test
    void onlyAnEngineThatWasStartedAsAProcessIsStopped() {
        setup(Map.of()).stop(new EngineStart.Found());
        setup(Map.of()).stop(new EngineStart.Service(true));
        assertThat(machine.commands).isEmpty();

        setup(Map.of()).stop(new EngineStart.Daemon(true, 4711, Path.of("/state/dockerd.log")));
        assertThat(machine.commands).containsExactly("kill -TERM 4711");
    }
}
