package dev.portolan.build;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a commit, brought to this machine by its own git. Closing removes them. */
public final class FetchedRepository implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("([^#]+)#([0-9a-f]{40})(?::(.*))?");

    private final Path root;
    private final String folder;

    private FetchedRepository(Path root, String folder) {
        this.root = root;
        this.folder = folder;
    }

    /** The folder that an address names, within its repository; empty when it is the whole. */
    public static Optional<String> folderIn(String address) {
        return Optional.of(ADDRESS.matcher(address))
                .filter(Matcher::matches)
                .flatMap(parts -> Optional.ofNullable(parts.group(3)))
                .map(folder -> folder.replaceAll("^/+|/+$", ""))
                .filter(folder -> !folder.isEmpty());
    }

    /**
     * @param address with a commit, as {@link RepositoryCommit.Pinned} has it
     * @throws IOException with the words of git
     */
    public static FetchedRepository fetch(String address) throws IOException {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IOException("no commit is in the address " + address);
        }
        FetchedRepository fetched = new FetchedRepository(
                Files.createTempDirectory("portolan-git"), folderIn(address).orElse(""));
        try {
            fetched.checkOut(
                    parts.group(1).startsWith("github.com/") ? "https://" + parts.group(1) : parts.group(1),
                    parts.group(2));
            return fetched;
        } catch (IOException | RuntimeException failed) {
            fetched.close();
            throw failed;
        }
    }

    /** The folder that the address names, which is in the repository. */
    public Path folder() throws IOException {
        Path found = root.resolve(folder).normalize();
        if (!found.startsWith(root)
                || !Files.isDirectory(found)
                || !found.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("the commit has no folder " + folder);
        }
        return found;
    }

    /** Not every server gives out a commit by its name, but each gives out branches and tags. */
    private void checkOut(String repository, String commit) throws IOException {
        git("init", "-q");
        git("remote", "add", "origin", repository);
        try {
            git("fetch", "-q", "--depth=1", "origin", commit);
        } catch (IOException refused) {
            git("fetch", "-q", "--tags", "origin");
        }
        git("-c", "advice.detachedHead=false", "checkout", "-q", commit);
        git("submodule", "-q", "update", "--init", "--recursive", "--depth=1");
        remove(root.resolve(".git"));
    }

    private void git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(
                        "git says: " + String.join(" ", output.lines().toList()));
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(root);
    }
}
