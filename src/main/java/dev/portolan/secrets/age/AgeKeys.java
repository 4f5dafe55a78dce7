package dev.portolan.secrets.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of whoever runs the command: those in {@value #TEXT} or in the file of {@value #FILE}; otherwise those in
 * {@code ~/.config/portolan/age.txt}, and {@code ~/.ssh/id_ed25519} and {@code ~/.ssh/id_rsa}.
 */
final class AgeKeys {
    private static final String TEXT = "PORTOLAN_AGE_KEY";
    private static final String FILE = "PORTOLAN_AGE_KEY_FILE";
    private static final String AGE = "AGE-SECRET-KEY-";

    private final Map<String, String> environment;

    AgeKeys(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Where a key is kept that Portolan makes. */
    Path own() {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = config.isEmpty() ? home().resolve(".config") : Path.of(config);
        return folder.resolve("portolan/age.txt");
    }

    /**
     * Tries every key that there is.
     *
     * @throws UserError when there is none at all, or one that was named cannot be read
     */
    RecipientStanzaReader reader() {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String text : texts()) {
            readers.addAll(identities(text));
        }
        if (readers.isEmpty()) {
            throw new UserError(
                    "there is no key to read the secrets with: neither " + FILE + " nor " + own()
                            + " nor a key of SSH without a passphrase",
                    "make one with: portolan secrets init; or name the file that has yours with " + FILE);
        }
        return stanzas -> {
            GeneralSecurityException failure = new InvalidKeyException("none of the keys here can read it");
            for (RecipientStanzaReader reader : readers) {
                try {
                    return reader.getFileKey(stanzas);
                } catch (GeneralSecurityException notForIt) {
                    failure.addSuppressed(notForIt);
                }
            }
            throw failure;
        };
    }

    /** The public keys of those that there are; one is made when there is none. */
    List<String> recipients(List<String> said) {
        List<String> found = new ArrayList<>();
        for (String text : texts()) {
            text.lines()
                    .filter(line -> line.startsWith("# public key: "))
                    .map(line -> line.substring("# public key: ".length()).strip())
                    .forEach(found::add);
        }
        if (found.isEmpty() && environment.getOrDefault(TEXT, "").isEmpty()) {
            for (Path key : sshKeys()) {
                read(key.resolveSibling(key.getFileName() + ".pub"))
                        .filter(line -> read(key)
                                        .map(AgeKeys::identities)
                                        .orElse(List.of())
                                        .size()
                                == 1)
                        .ifPresent(line -> found.add(line.strip()));
            }
        }
        if (found.isEmpty()) {
            found.add(make());
            said.add("made the key " + own() + ": who has it can read the secrets; keep a copy in a safe place");
        }
        return List.copyOf(found);
    }

    /** @throws UserError when it is no public key that age knows */
    static RecipientStanzaWriter recipient(String text) {
        try {
            return text.startsWith("age1")
                    ? X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text)
                    : SshKeys.recipient(text);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new UserError(
                    "\"" + text + "\" is no public key of age, nor one of SSH that age knows",
                    "write one such as age1..., \"ssh-ed25519 AAAA...\" or \"ssh-rsa AAAA...\"",
                    ExitCode.USAGE);
        }
    }

    private String make() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            String text = "# made by Portolan\n# public key: " + pair.getPublic() + "\n"
                    + new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII) + "\n";
            Files.createDirectories(own().resolveSibling(""));
            Path file = Files.createFile(
                    own(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            return pair.getPublic().toString();
        } catch (GeneralSecurityException | IOException failed) {
            throw new UserError(
                    "a key cannot be made at " + own(),
                    "check the rights of its folder, or name the file that has yours with " + FILE,
                    ExitCode.FAILED,
                    failed);
        }
    }

    /** Contents of files with keys. */
    private List<String> texts() {
        String given = environment.getOrDefault(TEXT, "");
        if (!given.isEmpty()) {
            return List.of(given);
        }
        String named = environment.getOrDefault(FILE, "");
        if (!named.isEmpty()) {
            return List.of(read(Path.of(named))
                    .orElseThrow(() -> new UserError(
                            "the file " + named + " of " + FILE + " cannot be read",
                            "correct the path or its rights",
                            ExitCode.USAGE)));
        }
        List<String> found = new ArrayList<>();
        read(own()).ifPresent(found::add);
        sshKeys().forEach(key -> read(key).ifPresent(found::add));
        return found;
    }

    private List<Path> sshKeys() {
        return List.of(home().resolve(".ssh/id_ed25519"), home().resolve(".ssh/id_rsa"));
    }

    private Path home() {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
    }

    /** Those in a file; one that cannot be used, such as one with a passphrase, is passed over. */
    private static List<RecipientStanzaReader> identities(String text) {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        try {
            if (text.contains("PRIVATE KEY-----")) {
                readers.add(SshKeys.identity(text));
            }
            for (String line : text.lines().map(String::strip).toList()) {
                if (line.startsWith(AGE)) {
                    readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return readers;
        }
        return readers;
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
