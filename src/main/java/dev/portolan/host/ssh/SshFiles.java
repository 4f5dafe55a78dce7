package dev.portolan.host.ssh;

import dev.portolan.host.HostFiles;
import dev.portolan.host.ssh.RemoteShell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files below a folder of a host, by a shell there: each method is one command and one round trip. Names that begin with a dot are its
 * own, as in {@code LocalFiles}.
 */
final class SshFiles implements HostFiles {
    /** What a command ends with when the file is not there, or is not as expected. */
    private static final int NO = 44;

    /**
     * What the commands use. Files are written beside their place and moved there; names and contents are forced to the disk by
     * {@code sync}, which takes names since coreutils 8.24 (2015) and forces everything where it does not.
     */
    static final String FUNCTIONS = """
            p_sync() { sync "$1" 2>/dev/null || sync; }
            p_folder() { [ -d "$1" ] || { p_folder "$(dirname "$1")" && { mkdir -m 755 "$1" 2>/dev/null || [ -d "$1" ]; } && \
            p_sync "$(dirname "$1")"; }; }
            p_mode() { case $1 in *.private) chmod 600 "$2" ;; *) chmod 644 "$2" ;; esac; }
            p_put() { t=$(mktemp "$(dirname "$1")/.XXXXXXXX.incomplete") && { printf %%s "$2" >"$t" && p_mode "$1" "$t" && \
            p_sync "$t" && mv -f "$t" "$1" && p_sync "$(dirname "$1")" || { rm -f "$t"; false; }; }; }
            p_write() { p_folder "$(dirname "$1")" && p_put "$1" "$2"; }
            p_read() { [ -e "$1" ] || exit %d; printf '%%d\\n' $(($(date +%%s) - $(stat -c %%Y "$1"))) && cat "$1"; }
            p_show() { { { printf '\\n%%s %%d %%s\\n' "$1" $(($(date +%%s) - $(stat -L -c %%Y /dev/stdin))) "$3" && cat; } <"$2"; } \
            2>/dev/null || [ ! -e "$2" ] || { echo "cannot read $2"; false; }; }
            p_show_all() { for f in "$2"/*; do [ -L "$f" ] || [ ! -f "$f" ] || p_show "$1" "$f" "$3${f##*/}" || return 1; done; }
            p_remove() { [ ! -e "$1" ] || { rm -f "$1" && p_sync "$(dirname "$1")"; }; }
            p_alone() { p_folder "$1" && exec 9>>"$1/.guard" && flock 9; }
            p_append() { p_folder "$(dirname "$1")" || return 1; n=; [ -e "$1" ] || n=new; printf %%s "$2" >>"$1" && \
            p_sync "$1" && { [ -z "$n" ] || p_sync "$(dirname "$1")"; }; }
            p_is() { if [ -n "$2" ]; then [ -e "$1" ] && [ "$(cat "$1"; printf x)" = "$3x" ]; else [ ! -e "$1" ]; fi; }
            """.formatted(NO);

    private final Shells host;
    private final String root;
    private final Owner owner;

    /** @param host names itself in messages */
    SshFiles(Shells host, String root, Owner owner) {
        this.host = host;
        this.root = root;
        this.owner = owner;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public Optional<StoredFile> read(String path) throws IOException {
        Answer answer = host.run("p_read " + quoted(path));
        if (answer.status() == NO) {
            return Optional.empty();
        }
        String output = done(answer, "read", path);
        int end = output.indexOf('\n');
        Duration age = Duration.ofSeconds(Math.max(0, Long.parseLong(output.substring(0, end))));
        return Optional.of(new StoredFile(output.substring(end + 1), age));
    }

    @Override
    public void write(String path, String content) throws IOException {
        done(host.run("p_write " + quoted(path) + " " + ShellText.quoted(content)), "write", path);
    }

    @Override
    public void append(String path, String content) throws IOException {
        done(
                host.run("p_alone " + ShellText.quoted(root) + " && p_append " + quoted(path) + " "
                        + ShellText.quoted(content)),
                "append to",
                path);
    }

    @Override
    public boolean compareAndSet(String path, Optional<String> expected, Optional<String> content) throws IOException {
        String is = "p_is " + quoted(path) + (expected.isPresent() ? " 1 " : " '' ")
                + ShellText.quoted(expected.orElse(""));
        String change = content.isPresent()
                ? "p_write " + quoted(path) + " " + ShellText.quoted(content.get())
                : "p_remove " + quoted(path);
        Answer answer =
                host.run("p_alone " + ShellText.quoted(root) + " || exit 1; " + is + " || exit " + NO + "; " + change);
        if (answer.status() == NO) {
            return false;
        }
        done(answer, "replace", path);
        return true;
    }

    @Override
    public void remove(String path) throws IOException {
        done(host.run("p_remove " + quoted(path)), "remove", path);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        String path = folder.isEmpty() ? ShellText.quoted(root) : quoted(folder);
        Answer answer = host.run("cd " + path + " 2>/dev/null || exit 0; for f in *; do"
                + " [ -f \"$f\" ] && [ ! -L \"$f\" ] && printf '%s\\n' \"$f\"; done; exit 0");
        return Stream.of(done(answer, "list", folder).split("\n"))
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public Map<String, StoredFile> exchange(List<Change> changes, List<String> wanted) throws IOException {
        if (changes.isEmpty() && wanted.isEmpty()) {
            return Map.of();
        }
        String mark = UUID.randomUUID().toString(); // which no file has in it
        List<String> commands = new ArrayList<>();
        for (Change change : changes) {
            commands.add(
                    switch (change) {
                        case Change.Write(var path, var content) ->
                            "p_write " + quoted(path) + " " + ShellText.quoted(content);
                        case Change.Remove(var path) -> "p_remove " + quoted(path);
                    });
        }
        for (String path : wanted) {
            boolean folder = path.endsWith("/");
            String file = folder ? path.substring(0, path.length() - 1) : path;
            commands.add(
                    (folder ? "p_show_all " : "p_show ") + mark + " " + quoted(file) + " " + ShellText.quoted(path));
        }
        String first =
                changes.isEmpty() ? wanted.getFirst() : changes.getFirst().path();
        String what = changes.isEmpty() ? "read" : "write or remove";
        return shown(done(host.run(String.join(" && ", commands)), what, first), mark);
    }

    private static Map<String, StoredFile> shown(String output, String mark) {
        Map<String, StoredFile> files = new TreeMap<>();
        for (String file : output.split("\n" + mark + " ", -1)) {
            int line = file.indexOf('\n');
            if (line >= 0) {
                int space = file.indexOf(' ');
                Duration age = Duration.ofSeconds(Math.max(0, Long.parseLong(file.substring(0, space))));
                files.put(file.substring(space + 1, line), new StoredFile(file.substring(line + 1), age));
            }
        }
        return files;
    }

    private String done(Answer answer, String what, String path) throws IOException {
        if (answer.status() != 0) {
            throw new IOException("cannot " + what + " " + root + "/" + path + " on " + host + ": "
                    + answer.output().strip());
        }
        return answer.output();
    }

    /** The file of a relative path, which must stay below the root and clear of this class's own files. */
    private String quoted(String path) {
        boolean inside = !path.isEmpty() && !path.startsWith("/");
        for (Path name : Path.of(path)) {
            inside &= !name.toString().startsWith(".");
        }
        if (!inside) {
            throw new IllegalArgumentException("not a path below " + root + ": " + path);
        }
        return ShellText.quoted(root + "/" + path);
    }
}
