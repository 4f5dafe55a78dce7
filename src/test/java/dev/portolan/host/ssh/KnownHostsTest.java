package dev.portolan.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.host.ssh.KnownHosts.Place;
import dev.portolan.host.ssh.KnownHosts.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final String A = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAf9U/ljCpjzdyyVP1lB78QAItB+C1GJ3AucyopkWHlz";
    private static final String B = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMEro/KJsXuOIE03tfS6w8gGz/VDKAtTnZGDn6DDRwXa";
    private static final String C =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHT1jjsel51ZNpelYVUZG4sawmsQjTr0exbXoQHQ0qgHuaxTotkBqZ5rWZDn6wCZMJujjjrOJ19ulPyOt+S3nbY=";
    private static final String AUTHORITY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJebwgMyJdTDt00gyAnbOhljDQNkvmuhlZMP5pTAjnCd";
    /** Of key A for h.example.com, by the authority. */
    private static final String CERTIFICATE =
            "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIHBg5pRsNvImnRsVhTRrweDsGhlD1tszH9Z8Og7l4EqfAAAAIAf9U/ljCpjzdyyVP1lB78QAItB+C1GJ3AucyopkWHlzAAAAAAAAAAAAAAACAAAABGhvc3QAAAARAAAADWguZXhhbXBsZS5jb20AAAAAXgvhAAAAAACDqn6AAAAAAAAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACCXm8IDMiXUw7dNIMgJ2zoZYw0DZL5roZWTD+aUwI5wnQAAAFMAAAALc3NoLWVkMjU1MTkAAABAomXT/eo9/FDjIrrsw4KzmBSMylVir6pc84LApUdEHTbXrZ32tZQH/F7+sTVe63GNgXJgJm/fy3S15g7B5o+kCQ==";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve(".ssh/known_hosts");
    }

    @Test
    void aHostIsTrustedByItsNameAddressOrPattern() throws Exception {
        write("h.example.com,10.1.0.11 " + A, "*.internal,!bad.internal " + A);
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("10.1.0.11", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("web.internal", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("bad.internal", 22, A)).isEqualTo(new Verdict.Unknown());
        assertThat(verdict("other.example.com", 22, A)).isEqualTo(new Verdict.Unknown());
    }

    @Test
    void namesAreFoundHashedToo() throws Exception {
        write(
                "|1|4MMPWFvC2UBUey3BzHUhkEjqEzk=|AOMraoblJOH/+AoS6Qm/RVrViL0= " + A,
                "|1|upzjj27OQ1T0mIxVn35EWPlvZEc=|nOxSb/CU+23msW/eoJhzL00bUKw= " + A);
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("h2.example.com", 2222, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("h2.example.com", 22, A)).isEqualTo(new Verdict.Unknown());
        assertThat(verdict("h.example.com", 22, B)).isEqualTo(new Verdict.Changed(new Place(file, 1)));
    }

    @Test
    void anotherPortIsAnotherHost() throws Exception {
        write("[h.example.com]:2222 " + A);
        assertThat(verdict("h.example.com", 2222, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Unknown());
    }

    @Test
    void anyOfSeveralKeysOfAHostDoes() throws Exception {
        write("h.example.com " + A, "h.example.com " + C);
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("h.example.com", 22, C)).isEqualTo(new Verdict.Trusted());
        assertThat(known().kinds("h.example.com", 22)).containsExactly("ssh-ed25519", "ecdsa-sha2-nistp256");
    }

    @Test
    void aKeyOfAnotherKindIsAnotherKey() throws Exception {
        write("# comment", "", "h.example.com " + A);
        assertThat(verdict("h.example.com", 22, C)).isEqualTo(new Verdict.Changed(new Place(file, 3)));
    }

    @Test
    void aRevokedKeyIsRefusedEvenWhereItIsKnown() throws Exception {
        write("h.example.com " + A, "@revoked * " + A);
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Revoked(new Place(file, 2)));
    }

    @Test
    void anAuthorityVouchesForTheHostsOfItsPattern() throws Exception {
        write("@cert-authority *.example.com " + AUTHORITY);
        assertThat(verdict("h.example.com", 22, CERTIFICATE)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("h.example.org", 22, CERTIFICATE)).isEqualTo(new Verdict.Unknown());
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Unknown());
    }

    @Test
    void theKeyOfACertificateMayBeKnownItself() throws Exception {
        write("h.example.com " + A);
        assertThat(verdict("h.example.com", 22, CERTIFICATE)).isEqualTo(new Verdict.Trusted());
    }

    @Test
    void linesThatCannotBeReadSayNothing() throws Exception {
        write("h.example.com", "nonsense", "h.example.com ssh-unknown AAAA", "h.example.com " + A);
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Trusted());
    }

    @Test
    void withoutFilesNoHostIsKnownAndTheFirstOneIsMadeForIt() throws Exception {
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Unknown());
        known().add("h.example.com", key(A));
        known().add("[::1]:2222", key(B));
        assertThat(Files.readString(file)).isEqualTo("h.example.com " + A + "\n[::1]:2222 " + B + "\n");
        assertThat(verdict("h.example.com", 22, A)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict("::1", 2222, B)).isEqualTo(new Verdict.Trusted());
    }

    @Test
    void whatIsAddedDoesNotContinueALineWithoutAnEnd() throws Exception {
        write("h.example.com " + A);
        Files.writeString(file, Files.readString(file).strip());
        known().add("h2.example.com", key(B));
        assertThat(Files.readAllLines(file)).containsExactly("h.example.com " + A, "h2.example.com " + B);
    }

    private KnownHosts known() {
        return new KnownHosts(List.of(file, folder.resolve("none")));
    }

    private Verdict verdict(String name, int port, String key) throws Exception {
        return known().verdict(name, port, key(key));
    }

    private static PublicKey key(String text) throws Exception {
        return PublicKeyEntry.parsePublicKeyEntry(text)
                .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
    }

    private void write(String... lines) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }
}
