package dev.portolan.secrets.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretFile;
import dev.portolan.secrets.SecretStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A file that is encrypted with age: it may be kept beside the code, for those whose keys are its recipients. */
public final class AgeStore implements SecretStore, SecretFile {
    private final Path file;
    private final AgeKeys keys;
    private final InstantSource clock;

    /**
     * @param file absolute
     * @param environment of the command line, which says where its keys are
     */
    public AgeStore(Path file, Map<String, String> environment, InstantSource clock) {
        this.file = file;
        this.keys = new AgeKeys(environment);
        this.clock = clock;
    }

    @Override
    public Answer current(Set<String> wanted) {
        AgeContents contents = read();
        Map<String, Stored> found = new HashMap<>();
        for (String key : wanted) {
            contents.current(key)
                    .ifPresent(value -> value.secret()
                            .ifPresent(secret ->
                                    found.put(key, new Stored(secret, Integer.toString(value.version()), true))));
        }
        return new Answer(found, new HashSet<>(contents.names()));
    }

    @Override
    public Optional<Secret> earlier(String key, String version) {
        return read().of(key, version);
    }

    @Override
    public boolean exists() {
        return Files.exists(file);
    }

    @Override
    public List<String> create(List<String> recipients) {
        if (exists()) {
            throw new UserError(
                    "there is a file " + file + " already",
                    "put secrets into it with: portolan secrets set NAME; change who can read it with: portolan secrets rotate",
                    ExitCode.USAGE);
        }
        List<String> said = new ArrayList<>();
        List<String> readers = recipients.isEmpty() ? keys.recipients(said) : recipients;
        write(new AgeContents(readers, Map.of()));
        said.add("wrote " + file + ", which can be read with the key of " + String.join(", ", readers));
        return said;
    }

    @Override
    public List<Entry> entries() {
        AgeContents contents = read();
        return contents.names().stream()
                .flatMap(name -> contents.current(name).stream()
                        .map(value -> new Entry(
                                name,
                                value.version(),
                                value.set(),
                                (int) contents.secrets().getOrDefault(name, List.of()).stream()
                                                .filter(kept -> kept.secret().isPresent())
                                                .count()
                                        - 1)))
                .toList();
    }

    @Override
    public int set(String name, Secret value) {
        AgeContents before = read();
        AgeContents after = before.with(name, value, clock.instant());
        if (!after.equals(before)) {
            write(after);
        }
        return after.current(name).map(AgeContents.Value::version).orElse(0);
    }

    @Override
    public Map<String, Integer> setAll(Map<String, Secret> values) {
        AgeContents before = read();
        AgeContents after = before;
        for (Map.Entry<String, Secret> value : values.entrySet()) {
            after = after.with(value.getKey(), value.getValue(), clock.instant());
        }
        Map<String, Integer> changed = new TreeMap<>();
        for (String name : values.keySet()) {
            int version = after.current(name).map(AgeContents.Value::version).orElse(0);
            if (version != before.current(name).map(AgeContents.Value::version).orElse(0)) {
                changed.put(name, version);
            }
        }
        if (!changed.isEmpty()) {
            write(after);
        }
        return changed;
    }

    @Override
    public Map<String, Secret> current() {
        AgeContents contents = read();
        Map<String, Secret> values = new TreeMap<>();
        contents.names()
                .forEach(name -> contents.current(name)
                        .flatMap(AgeContents.Value::secret)
                        .ifPresent(secret -> values.put(name, secret)));
        return values;
    }

    @Override
    public boolean remove(String name, boolean forget) {
        AgeContents before = read();
        AgeContents after = forget ? before.forgetting(name) : before.without(name, clock.instant());
        if (after.equals(before)) {
            return false;
        }
        write(after);
        return true;
    }

    @Override
    public List<String> recipients() {
        return read().recipients();
    }

    @Override
    public void rotate(List<String> added, List<String> removed, boolean forget) {
        AgeContents contents = read();
        List<String> readers = new ArrayList<>(contents.recipients());
        for (String gone : removed) {
            if (!readers.remove(gone)) {
                throw new UserError(
                        "\"" + gone + "\" is no recipient of " + file,
                        "they are " + String.join(", ", readers),
                        ExitCode.USAGE);
            }
        }
        added.stream().filter(reader -> !readers.contains(reader)).forEach(readers::add);
        if (readers.isEmpty()) {
            throw new UserError(
                    "nobody could read " + file + " then", "leave one recipient, or add another", ExitCode.USAGE);
        }
        AgeContents changed = contents.readBy(readers);
        write(forget ? changed.withoutEarlier() : changed);
    }

    private AgeContents read() {
        byte[] encrypted;
        try {
            encrypted = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UserError(
                    "the file of secrets " + file + (exists() ? " cannot be read" : " is not there"),
                    exists() ? "correct its rights" : "make it with: portolan secrets init",
                    ExitCode.FAILED,
                    unreadable);
        }
        try {
            byte[] plain = AgeEncryption.decrypted(encrypted, List.of(keys.reader()));
            return Json.read(new String(plain, StandardCharsets.UTF_8), AgeContents.class);
        } catch (GeneralSecurityException | IOException closed) {
            throw new UserError(
                    "the file of secrets " + file
                            + " cannot be opened: none of your keys is among its recipients, or it is damaged",
                    "ask somebody who can to add yours with: portolan secrets rotate --add KEY",
                    ExitCode.FAILED,
                    closed);
        } catch (MalformedJson strange) { // without its cause, which repeats what it could not read
            throw new UserError(
                    "what is in the file of secrets " + file + " is not what Portolan writes",
                    "make another with: portolan secrets init");
        }
    }

    /** A reader sees the old file or the new one, also after a power cut. */
    private void write(AgeContents contents) {
        List<RecipientStanzaWriter> recipients =
                contents.recipients().stream().map(AgeKeys::recipient).toList();
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            ByteBuffer encrypted = ByteBuffer.wrap(
                    AgeEncryption.encrypted(Json.write(contents).getBytes(StandardCharsets.UTF_8), recipients));
            Files.createDirectories(file.resolveSibling(""));
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (encrypted.hasRemaining()) {
                    channel.write(encrypted);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (GeneralSecurityException | IOException failed) {
            throw new UserError(
                    "the file of secrets " + file + " cannot be written",
                    "check the rights of its folder, and its disk",
                    ExitCode.FAILED,
                    failed);
        }
    }
}
