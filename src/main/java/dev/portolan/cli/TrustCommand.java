package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.host.HostKeys.UnknownHost;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code portolan trust}. */
final class TrustCommand implements Command {
    private static final String FINGERPRINT = "--fingerprint";
    /** The host itself, and more on the way to it than anybody has. */
    private static final int MOST_ON_THE_WAY = 8;

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.TRUST,
                        "Shows the key of each host of the app of which none is known yet, asks, and adds it to your file"
                                + " of known hosts. Compare it first with what the host itself says: ssh-keygen -lf"
                                + " /etc/ssh/ssh_host_ed25519_key.pub. A key that has changed is never replaced.")
                .optionalArgument(
                        "HOST", "One host, as portolan.yml has it, or any other user@address:port; otherwise all.")
                .option(
                        FINGERPRINT,
                        "SHA256:...",
                        "Trust this key without a question, and no other: for a host that you have just made.")
                .examples(
                        "portolan trust",
                        "portolan trust 10.1.0.11",
                        "portolan trust 10.1.0.11 --fingerprint SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
    }

    @Override
    public Summary run(Session session) {
        Optional<String> fingerprint = session.arguments().text(FINGERPRINT);
        List<HostAddress.Ssh> hosts = hosts(session);
        if (fingerprint.isPresent() && hosts.size() != 1) {
            throw session.arguments().usage(FINGERPRINT + " is of one host", "name the host before it");
        }
        if (hosts.isEmpty()) {
            session.display().say("the app has no hosts over SSH");
        }
        boolean all = true;
        for (HostAddress.Ssh host : hosts) {
            all &= trust(session, host, fingerprint);
        }
        return all ? Summary.done() : Summary.of("not trusted", ExitCode.FAILED);
    }

    private static List<HostAddress.Ssh> hosts(Session session) {
        Optional<String> wanted = session.arguments().argument(0);
        List<HostAddress.Ssh> ofApp = wanted.isPresent() && !session.project().hasFile()
                ? List.of()
                : session.project().outline().hosts().stream()
                        .map(Host::address)
                        .filter(HostAddress.Ssh.class::isInstance)
                        .map(HostAddress.Ssh.class::cast)
                        .toList();
        if (wanted.isEmpty()) {
            return ofApp;
        }
        String word = wanted.get();
        return List.of(ofApp.stream()
                .filter(host -> host.address().equals(word) || host.text().equals(word))
                .findFirst()
                .or(() -> HostAddress.Ssh.parse(word))
                .orElseThrow(() -> session.arguments()
                        .usage("\"" + word + "\" is no host", "write for example: portolan trust deploy@10.1.0.11")));
    }

    /** @return whether every key on the way to the host is trusted in the end */
    private static boolean trust(Session session, HostAddress.Ssh host, Optional<String> fingerprint) {
        for (int asked = 0; asked < MOST_ON_THE_WAY; asked++) {
            Optional<UnknownHost> unknown;
            try {
                unknown = session.parts().hostKeys().unknown(host);
            } catch (UserError refused) {
                session.display().say(refused.message() + "; " + refused.remedy());
                return false;
            }
            if (unknown.isEmpty()) {
                session.display().say(host.text() + " is known" + (asked > 0 ? " now" : ""));
                return true;
            }
            if (!agreed(session, unknown.get(), fingerprint)) {
                return false;
            }
            remember(unknown.get());
        }
        return false;
    }

    private static boolean agreed(Session session, UnknownHost unknown, Optional<String> fingerprint) {
        session.display().say(unknown.name() + " has the key " + unknown.fingerprint());
        if (fingerprint.isPresent()) {
            boolean same = unknown.fingerprint().endsWith(" " + fingerprint.get());
            if (!same) {
                session.display().say("that is not " + fingerprint.get() + ": the host is not trusted");
            }
            return same;
        }
        if (session.json() || !session.surroundings().canAsk()) {
            session.display().say("nobody can be asked here: give its key with " + FINGERPRINT);
            return false;
        }
        return Question.ask(session.surroundings(), "Is that what the host itself says?");
    }

    private static void remember(UnknownHost unknown) {
        try {
            unknown.trust();
        } catch (IOException unwritable) {
            throw new UserError(
                    unknown.file() + " cannot be written: " + unwritable.getMessage(), "correct its rights");
        }
    }
}
