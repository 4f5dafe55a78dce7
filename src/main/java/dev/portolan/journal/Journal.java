package dev.portolan.journal;

import dev.portolan.host.HostFiles;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The durable record of an app's rollouts: one JSON line an entry, in a file of the primary's first host. An entry is on disk
 * when {@link #add} returns. Safe for use by many threads.
 */
public final class Journal {
    /** How the lines of steps begin. They are nearly all of a journal, and only who asks for the steps reads them. */
    private static final List<String> STEPS = List.of("{\"type\":\"intended\",", "{\"type\":\"done\",");

    private final HostFiles files;
    private final String app;
    private final String path;

    public Journal(HostFiles files, String app) {
        this.files = files;
        this.app = app;
        this.path = "apps/" + app + "/journal.jsonl";
    }

    /** Adds entries, in one write. */
    public void add(List<? extends JournalEntry> entries) {
        try {
            files.append(path, text(entries));
        } catch (IOException broken) {
            throw broken("written", broken);
        }
    }

    public void add(JournalEntry entry) {
        add(List.of(entry));
    }

    /** Keeps what the command of a release has written, in place of what it wrote before. */
    public void keepOutput(ReleaseId release, String output) {
        try {
            files.write(ReleaseStore.outputOf(app, release), output);
        } catch (IOException broken) {
            throw broken("written", broken);
        }
    }

    /** Where {@link #keepOutput} keeps it, for a person. */
    public String outputOf(ReleaseId release) {
        return files.root() + "/" + ReleaseStore.outputOf(app, release);
    }

    /** All entries, oldest first. What is torn or broken is treated as by {@link #outline}. */
    public Content read() {
        return read(line -> true);
    }

    /**
     * All entries but those that say of a step that it began or was done, oldest first. A last line that a power cut tore is taken off
     * the file; a broken line elsewhere is an error, since it can only come from outside.
     */
    public Content outline() {
        return read(line -> STEPS.stream().noneMatch(line::startsWith));
    }

    /**
     * Forgets what is old, as {@link Retention} says. Only for who holds the lock.
     *
     * @return what is left
     */
    public History tidy() {
        try {
            String text = text();
            List<JournalEntry> entries = parse(text, line -> true).entries();
            List<JournalEntry> kept = Retention.kept(entries);
            if (!kept.equals(entries)) {
                // an entry that somebody else has added meanwhile must not be lost: then it stays as it is until the
                // next time
                files.compareAndSet(path, Optional.of(text), Optional.of(text(kept)));
            }
            return History.of(kept);
        } catch (IOException broken) {
            throw broken("tidied", broken);
        }
    }

    private Content read(Predicate<String> wanted) {
        try {
            while (true) {
                String text = text();
                Content content = parse(text, wanted);
                if (content.torn().isEmpty()
                        || files.compareAndSet(
                                path,
                                Optional.of(text),
                                Optional.of(withoutLast(text, content.torn().get())))) {
                    return content;
                }
                // not torn, but still being written when it was read
            }
        } catch (IOException broken) {
            throw broken("read", broken);
        }
    }

    private String text() throws IOException {
        return files.read(path).map(HostFiles.StoredFile::content).orElse("");
    }

    private Content parse(String text, Predicate<String> wanted) {
        List<JournalEntry> entries = new ArrayList<>();
        int number = 1;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = end < 0 ? text.substring(start) : text.substring(start, end);
            int next = end < 0 ? text.length() : end + 1;
            try {
                if (end < 0) {
                    throw new MalformedJson("no line break at its end");
                }
                if (wanted.test(line)) {
                    entries.add(Json.read(line, JournalEntry.class));
                }
            } catch (MalformedJson malformed) {
                if (next < text.length()) {
                    throw new UserError(
                            "line " + number + " of the journal " + files.root() + "/" + path + " is broken: "
                                    + malformed.getMessage(),
                            "somebody changed the file; put the line right or move the file away",
                            ExitCode.UNKNOWN_STATE,
                            malformed);
                }
                return new Content(List.copyOf(entries), Optional.of(line));
            }
            start = next;
            number++;
        }
        return new Content(List.copyOf(entries), Optional.empty());
    }

    private static String withoutLast(String text, String line) {
        return text.substring(0, text.lastIndexOf(line));
    }

    private static String text(List<? extends JournalEntry> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(
                entry -> lines.append(Json.write(entry, JournalEntry.class)).append('\n'));
        return lines.toString();
    }

    private UserError broken(String what, IOException cause) {
        return new UserError(
                "the journal " + files.root() + "/" + path + " cannot be " + what + ": " + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }

    /** @param torn the last line, when a power cut had torn it and it was taken off */
    public record Content(List<JournalEntry> entries, Optional<String> torn) {}
}
