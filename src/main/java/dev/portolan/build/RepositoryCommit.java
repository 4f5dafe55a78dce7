package dev.portolan.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which commit the address of a git repository means now, asked with the machine's own git. */
public sealed interface RepositoryCommit {
    Pattern ADDRESS = Pattern.compile("([^#]+)(?:#([^:]*)(:.*)?)?");
    Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    long LIMIT_SECONDS = 30;

    /** @param address with the commit in place of the branch */
    record Pinned(String address) implements RepositoryCommit {}

    /** @param why nobody knows, as in "because ..." */
    record Unknown(String why) implements RepositoryCommit {}

    /** @param address as BuildKit takes it: {@code https://host/repository.git#branch:folder} */
    static RepositoryCommit of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return new Unknown("it is no address of a repository");
        }
        String repository = parts.group(1);
        String reference = Optional.ofNullable(parts.group(2))
                .filter(text -> !text.isEmpty())
                .orElse("HEAD");
        String folder = Optional.ofNullable(parts.group(3)).orElse("");
        if (COMMIT.matcher(reference).matches()) {
            return new Pinned(repository + "#" + reference + folder);
        }
        return asked(repository, reference, folder);
    }

    private static RepositoryCommit asked(String repository, String reference, String folder) {
        String address = repository.startsWith("github.com/") ? "https://" + repository : repository;
        ProcessBuilder git = new ProcessBuilder("git", "ls-remote", "--", address, reference, reference + "^{}")
                .redirectErrorStream(true);
        git.environment().put("GIT_TERMINAL_PROMPT", "0");
        try {
            Process process = git.start();
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0) {
                return new Unknown("git says: " + String.join(" ", lines));
            }
            return commitIn(lines, reference)
                    .<RepositoryCommit>map(commit -> new Pinned(repository + "#" + commit + folder))
                    .orElseGet(() -> new Unknown("it has no branch or tag \"" + reference + "\""));
        } catch (IOException noGit) {
            return new Unknown("there is no git on this machine to ask with");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Unknown("the question was interrupted");
        }
    }

    /**
     * Git answers with all whose names end so: {@code main} is {@code old/main} too. A branch comes before a tag of the same name,
     * as where a person checks it out. A tag with a text of its own is followed by the commit that it stands for.
     *
     * @param lines commit and name, a tab between them
     */
    static Optional<String> commitIn(List<String> lines, String reference) {
        Map<String, String> commits = new HashMap<>();
        lines.forEach(line -> {
            String[] parts = line.split("\t", 2);
            if (parts.length == 2 && COMMIT.matcher(parts[0]).matches()) {
                commits.put(parts[1], parts[0]);
            }
        });
        return Stream.of("", "refs/heads/", "refs/tags/", "refs/")
                .map(kind -> kind + reference)
                .flatMap(name -> Stream.of(name + "^{}", name))
                .flatMap(name -> Stream.ofNullable(commits.get(name)))
                .findFirst();
    }
}
