package dev.portolan.host.ssh;

import dev.portolan.host.HostKeys.UnknownHost;
import dev.portolan.host.ssh.KnownHosts.Verdict;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;

/** A host's key is not one that this person trusts; nothing has been said to the host. */
public final class HostKeyRefusal extends UserError {
    private static final long serialVersionUID = 1L;

    private final transient Optional<UnknownHost> unknown;

    private HostKeyRefusal(String message, String remedy, Optional<UnknownHost> unknown) {
        super(message, remedy);
        this.unknown = unknown;
    }

    /** A host of which no key is known; empty when another one is. */
    Optional<UnknownHost> unknown() {
        return unknown;
    }

    static Optional<UserError> of(Verdict verdict, SshSettings settings, KnownHosts hosts, PublicKey key) {
        String name = settings.name();
        String shown = KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
        return switch (verdict) {
            case Verdict.Trusted() -> Optional.empty();
            case Verdict.Unknown() ->
                Optional.of(new HostKeyRefusal(
                        "the host " + name + " is not in " + hosts.file() + "; its key is " + shown,
                        "compare that with what the host itself says (ssh-keygen -lf /etc/ssh/ssh_host_"
                                + "ed25519_key.pub there), then: portolan trust",
                        Optional.of(new NewHost(name, shown, hosts, key))));
            case Verdict.Changed(KnownHosts.Place place) ->
                Optional.of(new HostKeyRefusal(
                        "the host " + name + " has another key than the one in " + place + ": it is now " + shown,
                        "somebody may be in between. If the machine was made anew, take the old key out with: ssh-keygen -R \""
                                + name + "\", then: portolan trust",
                        Optional.empty()));
            case Verdict.Revoked(KnownHosts.Place place) ->
                Optional.of(new HostKeyRefusal(
                        "the key of the host " + name + " is revoked in " + place + ": " + shown,
                        "do not use this machine until it has another key",
                        Optional.empty()));
        };
    }

    private record NewHost(String name, String fingerprint, KnownHosts hosts, PublicKey key) implements UnknownHost {

        @Override
        public String file() {
            return hosts.file().toString();
        }

        @Override
        public void trust() throws IOException {
            hosts.add(name, key);
        }
    }
}
