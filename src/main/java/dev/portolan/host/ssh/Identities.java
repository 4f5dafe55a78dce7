package dev.portolan.host.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Private keys in files, each read once for all hosts. A person is asked for the passphrase of an encrypted one, once. */
final class Identities {
    private static final int ATTEMPTS = 3;

    private final Passphrases passphrases;
    private final Map<Path, List<KeyPair>> read = new ConcurrentHashMap<>();

    Identities(Passphrases passphrases) {
        this.passphrases = passphrases;
    }

    /**
     * The keys of a host's settings as they are needed: an encrypted file is opened only when those before it were of no use.
     */
    Iterable<KeyPair> of(SshSettings settings) {
        return () -> settings.identities().stream()
                .filter(Files::isReadable)
                .flatMap(file -> withCertificates(file, settings.certificates()).stream())
                .iterator();
    }

    /** Whether a key is that of one of the files, by the public one beside it or in its place. */
    static boolean name(SshSettings settings, PublicKey key) {
        return settings.identities().stream()
                .flatMap(file -> Stream.of(file, file.resolveSibling(file.getFileName() + ".pub")))
                .flatMap(file -> publicKey(file).stream())
                .anyMatch(named -> KeyUtils.compareKeys(named, key));
    }

    /** With the certificates that there are for a key, which are tried before the bare key. */
    private List<KeyPair> withCertificates(Path file, List<Path> certificates) {
        List<KeyPair> pairs = new ArrayList<>();
        for (KeyPair pair : read.computeIfAbsent(file, this::load)) {
            List<Path> candidates = new ArrayList<>(certificates);
            candidates.add(file.resolveSibling(file.getFileName() + "-cert.pub"));
            for (Path candidate : candidates) {
                certificate(candidate)
                        .filter(found -> KeyUtils.compareKeys(found.getCertPubKey(), pair.getPublic()))
                        .ifPresent(found -> pairs.add(new KeyPair(found, pair.getPrivate())));
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private List<KeyPair> load(Path file) {
        try (var input = Files.newInputStream(file)) {
            List<KeyPair> pairs = new ArrayList<>();
            Iterable<KeyPair> loaded = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), input, asking(file));
            if (loaded != null) {
                loaded.forEach(pairs::add);
            }
            return List.copyOf(pairs);
        } catch (IOException | GeneralSecurityException unreadable) {
            return List.of(); // as OpenSSH does: the next one may do; the refusal names all that were tried
        }
    }

    private FilePasswordProvider asking(Path file) {
        return new FilePasswordProvider() {
            @Override
            public @Nullable String getPassword(SessionContext session, NamedResource resource, int retry) {
                return retry >= ATTEMPTS
                        ? null
                        : passphrases.of(file, retry > 0).orElse(null);
            }

            @Override
            public ResourceDecodeResult handleDecodeAttemptResult(
                    SessionContext session, NamedResource resource, int retry, String password, Exception failure) {
                return failure == null || password == null || retry + 1 >= ATTEMPTS
                        ? ResourceDecodeResult.TERMINATE
                        : ResourceDecodeResult.RETRY;
            }
        };
    }

    private static Optional<OpenSshCertificate> certificate(Path file) {
        return publicKey(file)
                .flatMap(key ->
                        key instanceof OpenSshCertificate certificate ? Optional.of(certificate) : Optional.empty());
    }

    /** Empty when there is none that is known here. */
    private static Optional<PublicKey> publicKey(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            PublicKeyEntry entry =
                    PublicKeyEntry.parsePublicKeyEntry(Files.readString(file).strip());
            return Optional.ofNullable(entry).map(known -> resolved(known));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable PublicKey resolved(PublicKeyEntry entry) {
        try {
            return entry.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.IGNORING);
        } catch (IOException | GeneralSecurityException unknown) {
            return null;
        }
    }
}
