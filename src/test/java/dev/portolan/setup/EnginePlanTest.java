package dev.portolan.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.UserError;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnginePlanTest {

    @Test
    void anInstalledEngineIsOnlyStarted() {
        assertThat(EnginePlan.of(new MachineFacts("Linux", Set.of("arch"), "root", Rights.ROOT, false, true, false)))
                .containsExactly(new SetupStep.StartDaemon());
        assertThat(EnginePlan.of(new MachineFacts("Linux", Set.of("arch"), "root", Rights.ROOT, true, true, true)))
                .containsExactly(new SetupStep.StartUnit());
    }

    @Test
    void aFreshInstallationUnderSystemdBringsAUnit() {
        assertThat(EnginePlan.of(new MachineFacts("Linux", Set.of("ubuntu"), "ada", Rights.SUDO, true, false, false)))
                .containsExactly(new SetupStep.Install(), new SetupStep.StartUnit(), new SetupStep.GrantAccess("ada"));
    }

    @Test
    void aPersonIsToldExactlyWhatToDo() {
        assertRemedy(
                new MachineFacts("Mac OS X", Set.of(), "ada", Rights.NONE, false, false, false),
                "start Docker Desktop, or install it from https://docs.docker.com/desktop, and try again");
        assertRemedy(
                new MachineFacts("Linux", Set.of("fedora"), "root", Rights.ROOT, true, false, false),
                "install it as https://docs.docker.com/engine/install says for your distribution, and try again");
        assertRemedy(
                FakeMachine.debian(Rights.NONE),
                "run: sudo apt-get install docker.io && sudo usermod -aG docker ada, then log in again");
        assertRemedy(
                new MachineFacts("Linux", Set.of("debian"), "ada", Rights.NONE, true, true, true),
                "run: sudo systemctl start docker");
        assertRemedy(
                new MachineFacts("Linux", Set.of("debian"), "ada", Rights.NONE, false, true, false),
                "run: sudo dockerd --live-restore");
    }

    private static void assertRemedy(MachineFacts facts, String remedy) {
        assertThatThrownBy(() -> EnginePlan.of(facts))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.remedy()).isEqualTo(remedy));
    }
}
