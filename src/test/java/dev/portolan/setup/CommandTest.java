package dev.portolan.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void isPrintedSoThatAShellReadsItBack() {
        Command command = new Command(List.of("echo", "a b", "it's", ""), Map.of("X", "$HOME"));
        assertThat(command).hasToString("X='$HOME' echo 'a b' 'it'\\''s' ''");
    }

    @Test
    void sudoPassesVariablesAsArguments() {
        assertThat(Apt.update(Rights.SUDO))
                .hasToString("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 update");
    }

    @Test
    void withoutRightsThereIsNoCommand() {
        assertThatThrownBy(() -> Apt.update(Rights.NONE)).isInstanceOf(IllegalStateException.class);
    }
}
