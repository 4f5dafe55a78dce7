package dev.portolan.host.ssh;

import dev.portolan.model.ExitCode;
import dev.portolan.model.HostAddress;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How OpenSSH on this machine would reach a host. It is asked, by {@code ssh -G}, and not read again here: so {@code Match},
 * {@code Include}, patterns and tokens mean what they mean to the person's own {@code ssh}. Where there is no OpenSSH, its defaults
 * hold.
 */
final class OpenSsh {
    /** A file in place of {@code ~/.ssh/config}, for machines that build and deploy. */
    private static final String CONFIG = "PORTOLAN_SSH_CONFIG";

    private static final Duration LIMIT = Duration.ofSeconds(20); // a Match exec may look something up
    private static final int USUAL_PORT = 22;

    private final Map<String, String> environment;
    private final Path home;
    private final String user;

    /** @param user the name of this person here */
    OpenSsh(Map<String, String> environment, Path home, String user) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.user = user;
    }

    /** @throws UserError when the configuration is wrong, or asks for what cannot be done */
    SshSettings settings(HostAddress.Ssh target) {
        Optional<String> printed = ask(question(target, value(CONFIG)));
        if (printed.isEmpty()) {
            return withoutOpenSsh(target);
        }
        try {
            return SshSettings.parse(printed.get(), home, agent());
        } catch (IllegalArgumentException unsupported) {
            throw new UserError(
                    "the settings of SSH for " + target.text() + ": " + unsupported.getMessage(),
                    "take that out of ~/.ssh/config for this host; ProxyJump and \"via\" go through another host",
                    ExitCode.USAGE,
                    unsupported);
        }
    }

    /**
     * What makes {@code ssh} print how it would reach the host, without doing so.
     *
     * @param config in place of {@code ~/.ssh/config}
     */
    static List<String> question(HostAddress.Ssh target, Optional<String> config) {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        config.ifPresent(file -> words.addAll(List.of("-F", file)));
        target.user().ifPresent(name -> words.addAll(List.of("-l", name)));
        target.port().ifPresent(number -> words.addAll(List.of("-p", number.toString())));
        target.via().ifPresent(host -> words.addAll(List.of("-J", host)));
        words.addAll(List.of("--", target.address()));
        return words;
    }

    private SshSettings withoutOpenSsh(HostAddress.Ssh target) {
        Path config = home.resolve(".ssh/config");
        if (Files.exists(config)) {
            throw new UserError(
                    config + " cannot be read: there is no OpenSSH here, which understands it",
                    "install OpenSSH's client (Debian: apt-get install openssh-client)",
                    ExitCode.USAGE);
        }
        return new SshSettings(
                target.user().orElse(user),
                target.address(),
                target.port().orElse(USUAL_PORT),
                Optional.empty(),
                Stream.of("id_rsa", "id_ecdsa", "id_ed25519")
                        .map(name -> home.resolve(".ssh").resolve(name))
                        .toList(),
                List.of(),
                false,
                agent(),
                target.via().map(hosts -> List.of(hosts.split(","))).orElse(List.of()),
                List.of(home.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")));
    }

    private Optional<String> agent() {
        return value("SSH_AUTH_SOCK");
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
    }

    /** Empty where there is no such program. */
    private Optional<String> ask(List<String> words) {
        ProcessBuilder question = new ProcessBuilder(words).redirectErrorStream(false);
        question.environment().clear();
        question.environment().putAll(environment);
        Process process;
        try {
            process = question.start();
        } catch (IOException noProgram) {
            return Optional.empty();
        }
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw wrong(said);
            }
            return Optional.of(printed);
        } catch (IOException broken) {
            throw wrong(String.valueOf(broken.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw wrong("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static UserError wrong(String said) {
        return new UserError(
                "OpenSSH does not take its configuration: " + said.strip(),
                "correct ~/.ssh/config; \"ssh -G HOST\" shows what it makes of it",
                ExitCode.USAGE);
    }
}
