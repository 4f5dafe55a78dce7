package dev.portolan.host.ssh;

import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.host.HostTrees;
import dev.portolan.host.MadeFolders;
import dev.portolan.host.ssh.RemoteShell.Answer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trees in two folders of a host, which nobody but the engine and Portolan's user may enter. They travel as one compressed archive each,
 * and are unpacked beside their place.
 */
public final class SshTrees implements HostTrees {
    /** What the scripts here use besides {@link SshFiles#FUNCTIONS}. Of a folder that is there, {@code p_add} adds what it lacks. */
    private static final String FUNCTIONS = """
            p_private() { p_folder "$(dirname "$1")" && { mkdir -m 700 "$1" 2>/dev/null || [ -d "$1" ]; }; }
            p_beside() { p_private "$1" && mktemp -d "$1/.incomplete-XXXXXXXX"; }
            p_keep() { sync -f "$1" 2>/dev/null || sync; }
            p_add() { tar -cf - -C "$1" . | tar -xpf - --numeric-owner --skip-old-files -C "$2" 2>/dev/null || \
            tar -cf - -C "$1" . | tar -xpkf - --numeric-owner -C "$2"; }
            """;

    /** Of whoever unpacks them: root gives data its owners, everybody else cannot. */
    private static final String UNPACK = "tar -xzpf - --numeric-owner -C ";

    private final Shells host;
    private final String contents;
    private final String data;

    /**
     * @param contents absolute path on the host; what travels with releases
     * @param data absolute path on the host; the app's folders of data
     */
    public static SshTrees on(SshHost host, String contents, String data) {
        return new SshTrees(host.shells(), contents, data);
    }

    SshTrees(Shells host, String contents, String data) {
        this.host = host;
        this.contents = contents;
        this.data = data;
    }

    @Override
    public String contentPath(String digest) {
        return contents + "/" + digest;
    }

    @Override
    public String folderPath(String name) {
        return name.isEmpty() ? data + "/project" : data + "/project/" + name;
    }

    @Override
    public synchronized Stored stored() throws IOException {
        String listed = done(host.run("[ ! -d " + quoted(contents) + " ] || ls " + quoted(contents)
                + " || exit 1; echo;" + " [ ! -e " + quoted(made()) + " ] || cat " + quoted(made())));
        int end = listed.startsWith("\n") ? 0 : listed.indexOf("\n\n") + 1;
        Set<String> complete = new HashSet<>(listed.substring(0, end).lines().toList());
        return new Stored(complete, MadeFolders.read(listed.substring(end + 1)));
    }

    @Override
    public void put(FileTree.Fingerprinted tree) throws IOException {
        String target = contentPath(tree.digest());
        String place = done(host.run(
                        "[ ! -e " + quoted(target) + " ] || exit 0; " + FUNCTIONS + "p_beside " + quoted(contents)))
                .strip();
        if (place.isEmpty()) {
            return;
        }
        try {
            try {
                unpack(TreeArchive.ofRelease(tree.tree()), "--no-same-owner", place);
            } finally {
                mustBeUnchanged(tree); // which is why it could not be packed, if it could not
            }
            done(host.run(FUNCTIONS + "p_keep " + quoted(place) + "; [ -e " + quoted(target) + " ] || mv -T "
                    + quoted(place + "/" + TreeArchive.ROOT) + " " + quoted(target) + " && p_keep "
                    + quoted(contents)));
        } finally {
            host.run("rm -rf " + quoted(place));
        }
    }

    @Override
    public void keepOnly(Set<String> digests) throws IOException {
        StringBuilder kept = new StringBuilder();
        digests.stream()
                .sorted()
                .forEach(digest -> kept.append(' ').append(digest).append(' '));
        // What goes is renamed first, so that nobody takes what is left of it for the whole
        done(slowly("cd " + quoted(contents) + " 2>/dev/null || exit 0; kept=" + quoted(kept.toString()) + """

                for name in *; do
                  case $kept in *" $name "*) continue ;; esac
                  [ ! -e "$name" ] || mv -T "$name" ".incomplete-$name" || exit 1
                done
                for name in .incomplete-*; do
                  [ ! -e "$name" ] || { chmod -R u+w "$name"; rm -rf "$name"; } || exit 1
                done"""));
    }

    @Override
    public synchronized void makeFolder(String name, Optional<FileTree.Fingerprinted> seed) throws IOException {
        Map<String, String> folders = new TreeMap<>(stored().folders());
        if (folders.containsKey(name)) {
            return;
        }
        String folder = folderPath(name);
        String place = done(host.run(FUNCTIONS + "p_private " + quoted(data) + " && p_folder "
                        + quoted(folder.substring(0, folder.lastIndexOf('/'))) + " && p_beside " + quoted(data)))
                .strip();
        try {
            String tree = place + "/" + TreeArchive.ROOT;
            if (seed.isPresent()) {
                unpack(TreeArchive.ofData(seed.get().tree()), "", place);
            } else {
                done(host.run("mkdir -m 755 " + quoted(tree)));
            }
            done(host.run(FUNCTIONS + "if [ -d " + quoted(folder) + " ]; then p_add " + quoted(tree) + " "
                    + quoted(folder) + "; else p_keep " + quoted(place) + "; mv -T " + quoted(tree) + " "
                    + quoted(folder) + "; fi && p_keep " + quoted(data)));
        } finally {
            host.run("rm -rf " + quoted(place));
        }
        folders.put(name, seed.map(FileTree.Fingerprinted::digest).orElse(""));
        done(host.run("p_write " + quoted(made()) + " " + quoted(MadeFolders.text(folders))));
    }

    @Override
    public synchronized void removeFolders() throws IOException {
        done(slowly("rm -rf " + quoted(data)));
    }

    private static void mustBeUnchanged(FileTree.Fingerprinted tree) throws IOException {
        if (!TreeReader.read(tree.tree().root(), Set.of())
                .fingerprinted()
                .digest()
                .equals(tree.digest())) {
            throw new IOException(tree.tree().root() + " was changed while it was copied");
        }
    }

    private void unpack(TreeArchive archive, String options, String place) throws IOException {
        done(host.feed(UNPACK + quoted(place) + " " + options, archive::writeTo));
    }

    /** What may take long, such as removing many files, has no limit of time. */
    private Answer slowly(String script) throws IOException {
        return host.feed(script, nothing -> {});
    }

    private String made() {
        return data + "/made";
    }

    private String done(Answer answer) throws IOException {
        if (answer.status() != 0) {
            throw new IOException("files on " + host + ": " + answer.output().strip());
        }
        return answer.output();
    }

    private static String quoted(String path) {
        return ShellText.quoted(path);
    }
}
