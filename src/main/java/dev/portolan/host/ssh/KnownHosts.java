package dev.portolan.host.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys of hosts that this person trusts, in the files of OpenSSH ({@code sshd(8)}, SSH_KNOWN_HOSTS FILE FORMAT). */
final class KnownHosts {
    private static final String REVOKED = "revoked";
    private static final String AUTHORITY = "cert-authority";

    private final List<Path> files;

    /** @param files of which some may not be there; the first one takes new hosts */
    KnownHosts(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** What the files say of a host's key. */
    sealed interface Verdict {

        record Trusted() implements Verdict {}

        /** There is no key of this host. */
        record Unknown() implements Verdict {}

        /** There is another key of this host. */
        record Changed(Place place) implements Verdict {}

        /** The key is one that is not to be trusted. */
        record Revoked(Place place) implements Verdict {}
    }

    /** @param line from 1 */
    record Place(Path file, int line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private record Known(KnownHostEntry entry, Place place) {

        boolean is(String marker) {
            return marker.equals(entry.getMarker());
        }

        /** Empty for a kind of key that is not known here. */
        Optional<PublicKey> key() {
            try {
                AuthorizedKeyEntry written = entry.getKeyEntry();
                return Optional.ofNullable(written.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }

        boolean has(PublicKey wanted) {
            return key().filter(known -> KeyUtils.compareKeys(known, wanted)).isPresent();
        }
    }

    /** @param name an address or the name that stands for it */
    Verdict verdict(String name, int port, PublicKey key) throws IOException {
        List<Known> entries = of(name, port);
        PublicKey own = key instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : key;
        Optional<PublicKey> authority = key instanceof OpenSshCertificate certificate
                ? Optional.of(certificate.getCaPubKey())
                : Optional.empty();
        for (Known known : entries) {
            if (known.is(REVOKED)
                    && (known.has(own) || authority.filter(known::has).isPresent())) {
                return new Verdict.Revoked(known.place());
            }
        }
        Optional<Known> other = Optional.empty();
        for (Known known : entries) {
            if (known.is(AUTHORITY)) {
                if (authority.filter(known::has).isPresent()) {
                    return new Verdict.Trusted();
                }
            } else if (!known.is(REVOKED)) {
                if (known.has(own)) {
                    return new Verdict.Trusted();
                }
                other = other.or(() -> Optional.of(known));
            }
        }
        return other.<Verdict>map(known -> new Verdict.Changed(known.place())).orElseGet(Verdict.Unknown::new);
    }

    /** The kinds of keys, such as {@code ssh-ed25519}, that are known of a host: it is asked for one of these first. */
    List<String> kinds(String name, int port) throws IOException {
        return of(name, port).stream()
                .filter(known -> !known.is(REVOKED))
                .map(known -> known.entry().getKeyEntry().getKeyType())
                .distinct()
                .toList();
    }

    /** Adds a host to the first file. */
    void add(String name, PublicKey key) throws IOException {
        Path file = files.getFirst();
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        boolean torn = Files.exists(file)
                && !Files.readString(file).isEmpty()
                && !Files.readString(file).endsWith("\n");
        Files.writeString(
                file,
                (torn ? "\n" : "") + name + " " + PublicKeyEntry.toString(key) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    Path file() {
        return files.getFirst();
    }

    private List<Known> of(String name, int port) throws IOException {
        List<Known> found = new ArrayList<>();
        for (Path file : files) {
            if (Files.isReadable(file)) {
                List<String> lines = Files.readAllLines(file);
                for (int line = 0; line < lines.size(); line++) {
                    Place place = new Place(file, line + 1);
                    entry(lines.get(line))
                            .filter(entry -> entry.isHostMatch(name, port))
                            .ifPresent(entry -> found.add(new Known(entry, place)));
                }
            }
        }
        return found;
    }

    /** A line that cannot be read says nothing, as with OpenSSH. */
    private static Optional<KnownHostEntry> entry(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(KnownHostEntry.parseKnownHostEntry(text))
                    .filter(entry -> entry.getKeyEntry() != null);
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
