package dev.portolan.journal;

import dev.portolan.host.HostFiles;
import dev.portolan.journal.Json.MalformedJson;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of an app's rollouts: one JSON line an entry, in a file of the primary's first host. An entry is on disk
 * when {@link #add} returns. Safe for use by many threads.
 */
public final class Journal {
    private final HostFiles files;
    private final String path;

    public Journal(HostFiles files, String app) {
        this.files = files;
        this.path = "apps/" + app + "/journal.jsonl";
    }

    /** Adds entries, in one write. */
    public void add(List<? extends JournalEntry> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(Json.write(entry)).append('\n'));
        try {
            files.append(path, lines.toString());
        } catch (IOException broken) {
            throw broken("written", broken);
        }
    }

    public void add(JournalEntry entry) {
        add(List.of(entry));
    }

    /**
     * All entries, oldest first. A last line that a power cut tore is taken off the file; a broken line elsewhere is an error,
     * since it can only come from outside.
     */
    public Content read() {
        try {
            String text = files.read(path).map(HostFiles.StoredFile::content).orElse("");
            return parse(text);
        } catch (IOException broken) {
            throw broken("read", broken);
        }
    }

    private Content parse(String text) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = end < 0 ? text.substring(start) : text.substring(start, end);
            int next = end < 0 ? text.length() : end + 1;
            try {
                if (end < 0) {
                    throw new MalformedJson("no line break at its end", null);
                }
                entries.add(Json.read(line, JournalEntry.class));
            } catch (MalformedJson malformed) {
                if (next < text.length()) {
                    throw new UserError(
                            "line " + (entries.size() + 1) + " of the journal " + files.root() + "/" + path
                                    + " is broken: " + malformed.getMessage(),
                            "somebody changed the file; put the line right or move the file away",
                            ExitCode.UNKNOWN_STATE,
                            malformed);
                }
                files.write(path, text.substring(0, start));
                return new Content(List.copyOf(entries), Optional.of(line));
            }
            start = next;
        }
        return new Content(List.copyOf(entries), Optional.empty());
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
