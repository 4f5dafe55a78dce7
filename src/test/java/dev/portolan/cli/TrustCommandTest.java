package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.host.HostKeys.UnknownHost;
import dev.portolan.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandTest {
    private static final String KEY = "SHA256:47DEQpj8HBSa";

    @TempDir
    Path folder;

    private final List<String> trusted = new ArrayList<>();
    private CommandLineRun portolan;

    @BeforeEach
    void anAppOnHostsOfWhichOneIsNew() throws IOException {
        Files.writeString(
                folder.resolve("portolan.yml"),
                "app: shop\nregions: { dublin: { hosts: [deploy@10.1.0.11, { address: 10.1.0.12, port: 2222 }] } }\n");
        portolan = new CommandLineRun(folder);
        portolan.setHostKeys(host -> host.address().equals("10.1.0.12") && trusted.isEmpty()
                ? Optional.of(new NewHost("[10.1.0.12]:2222"))
                : Optional.empty());
    }

    private final class NewHost implements UnknownHost {
        private final String name;

        NewHost(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String fingerprint() {
            return "ssh-ed25519 " + KEY;
        }

        @Override
        public String file() {
            return "known_hosts";
        }

        @Override
        public void trust() {
            trusted.add(name);
        }
    }

    @Test
    void whereNobodyCanBeAskedNoHostIsTrusted() {
        assertThat(portolan.run("trust")).isEqualTo(ExitCode.FAILED.status());

        assertThat(portolan.output())
                .contains(
                        "deploy@10.1.0.11 is known",
                        "[10.1.0.12]:2222 has the key ssh-ed25519 " + KEY,
                        "nobody can be asked here: give its key with --fingerprint");
        assertThat(trusted).isEmpty();
    }

    @Test
    void aHostIsTrustedByItsFingerprintAndNoOther() {
        assertThat(portolan.run("trust", "10.1.0.12", "--fingerprint", "SHA256:another"))
                .isEqualTo(ExitCode.FAILED.status());
        assertThat(portolan.output()).contains("that is not SHA256:another: the host is not trusted");
        assertThat(trusted).isEmpty();

        assertThat(portolan.run("trust", "10.1.0.12", "--fingerprint", KEY)).isZero();
        assertThat(portolan.output()).contains("10.1.0.12:2222 is known now");
        assertThat(trusted).containsExactly("[10.1.0.12]:2222");
    }

    @Test
    void aFingerprintIsOfOneHost() {
        assertThat(portolan.run("trust", "--fingerprint", KEY)).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).contains("--fingerprint is of one host");
        assertThat(portolan.run("trust", "two words")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).contains("\"two words\" is no host");
        assertThat(trusted).isEmpty();
    }
}
