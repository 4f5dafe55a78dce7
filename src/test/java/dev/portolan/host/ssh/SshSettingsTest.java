package dev.portolan.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.HostAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SshSettingsTest {
    private static final Path HOME = Path.of("/home/ann");
    private static final Optional<String> AGENT = Optional.of("/run/agent");

    @Test
    void whatOpenSshPrintsIsRead() {
        assertThat(parse("""
                host web
                user deploy
                hostname 10.1.0.11
                port 2222
                identitiesonly yes
                hostkeyalias web.example.com
                identityfile ~/.ssh/deploy
                identityfile /etc/keys/other
                certificatefile ~/.ssh/deploy-cert.pub
                globalknownhostsfile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2
                userknownhostsfile ~/.ssh/known_hosts /x/more
                proxyjump ops@bastion:2200,inner
                """))
                .isEqualTo(new SshSettings(
                        "deploy",
                        "10.1.0.11",
                        2222,
                        Optional.of("web.example.com"),
                        List.of(HOME.resolve(".ssh/deploy"), Path.of("/etc/keys/other")),
                        List.of(HOME.resolve(".ssh/deploy-cert.pub")),
                        true,
                        AGENT,
                        List.of("ops@bastion:2200", "inner"),
                        List.of(
                                HOME.resolve(".ssh/known_hosts"),
                                Path.of("/x/more"),
                                Path.of("/etc/ssh/ssh_known_hosts"),
                                Path.of("/etc/ssh/ssh_known_hosts2"))));
    }

    @Test
    void theAgentMayBeAnotherOneOrNone() {
        String start = "user a\nhostname h\nport 22\n";
        assertThat(parse(start).agent()).isEqualTo(AGENT);
        assertThat(parse(start + "identityagent SSH_AUTH_SOCK\n").agent()).isEqualTo(AGENT);
        assertThat(parse(start + "identityagent ~/agent.sock\n").agent()).contains("/home/ann/agent.sock");
        assertThat(parse(start + "identityagent none\n").agent()).isEmpty();
    }

    @Test
    void noneIsNothing() {
        SshSettings settings = parse("""
                user a
                hostname h
                port 22
                proxyjump none
                proxycommand none
                userknownhostsfile none
                certificatefile none
                """);
        assertThat(settings.jumps()).isEmpty();
        assertThat(settings.knownHosts()).isEmpty();
        assertThat(settings.certificates()).isEmpty();
    }

    @Test
    void aProxyCommandIsRefused() {
        assertThatThrownBy(() -> parse("user a\nhostname h\nport 22\nproxycommand nc %h %p\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ProxyCommand is not supported (nc %h %p)");
    }

    @Test
    void aHostIsCalledAsInTheFilesOfKnownHosts() {
        assertThat(parse("user a\nhostname h\nport 22\n").name()).isEqualTo("h");
        assertThat(parse("user a\nhostname ::1\nport 2222\n").name()).isEqualTo("[::1]:2222");
        assertThat(parse("user a\nhostname h\nport 2222\nhostkeyalias web\n").name())
                .isEqualTo("web");
    }

    @Test
    void aTargetIsReadAsOnACommandLine() {
        assertThat(HostAddress.Ssh.parse("deploy@10.1.0.11:2222")).contains(target("deploy", "10.1.0.11", 2222));
        assertThat(HostAddress.Ssh.parse("10.1.0.11")).contains(target("", "10.1.0.11", 0));
        assertThat(HostAddress.Ssh.parse("fd00::11")).contains(target("", "fd00::11", 0));
        assertThat(HostAddress.Ssh.parse("deploy@[fd00::11]:2222")).contains(target("deploy", "fd00::11", 2222));
        assertThat(HostAddress.Ssh.parse("me@corp@host")).contains(target("me@corp", "host", 0));
        assertThat(target("deploy", "fd00::11", 2222).text()).isEqualTo("deploy@[fd00::11]:2222");
        for (String none : List.of("-oProxyCommand=x", "deploy@", "two words", "web:0", "web:65536", "[fd00::11", "")) {
            assertThat(HostAddress.Ssh.parse(none)).as(none).isEmpty();
        }
    }

    @Test
    void openSshIsAskedWithWhatIsWrittenOnly() {
        assertThat(OpenSsh.question(target("deploy", "web", 2222), Optional.empty()))
                .containsExactly("ssh", "-G", "-l", "deploy", "-p", "2222", "--", "web");
        assertThat(OpenSsh.question(
                        new HostAddress.Ssh(Optional.empty(), "web", Optional.empty(), Optional.of("bastion")),
                        Optional.of("/x/config")))
                .containsExactly("ssh", "-G", "-F", "/x/config", "-J", "bastion", "--", "web");
    }

    private static HostAddress.Ssh target(String user, String address, int port) {
        return new HostAddress.Ssh(
                user.isEmpty() ? Optional.empty() : Optional.of(user),
                address,
                port == 0 ? Optional.empty() : Optional.of(port),
                Optional.empty());
    }

    private static SshSettings parse(String printed) {
        return SshSettings.parse(printed, HOME, AGENT);
    }
}
