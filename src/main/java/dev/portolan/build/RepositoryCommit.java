package dev.portolan.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which commit the address of a git repository means now, asked with the machine's own git. */
public final class RepositoryCommit {
    private static final Pattern ADDRESS = Pattern.compile("([^#]+)(?:#([^:]*)(:.*)?)?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final long LIMIT_SECONDS = 30;

    private RepositoryCommit() {}

    /**
     * @param address as BuildKit takes it: {@code https://host/repository.git#branch:folder}
     * @return the same with a commit in place of the branch; empty when git, or the repository, does not say
     */
    public static Optional<String> pinned(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String repository = parts.group(1);
        String reference = Optional.ofNullable(parts.group(2))
                .filter(text -> !text.isEmpty())
                .orElse("HEAD");
        String folder = Optional.ofNullable(parts.group(3)).orElse("");
        Optional<String> commit =
                COMMIT.matcher(reference).matches() ? Optional.of(reference) : asked(repository, reference);
        return commit.map(found -> repository + "#" + found + folder);
    }

    private static Optional<String> asked(String repository, String reference) {
        String address = repository.startsWith("github.com/") ? "https://" + repository : repository;
        ProcessBuilder git = new ProcessBuilder("git", "ls-remote", "--", address, reference, reference + "^{}")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        git.environment().put("GIT_TERMINAL_PROMPT", "0");
        try {
            Process process = git.start();
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return commitIn(answer.lines().toList());
        } catch (IOException noGit) {
            return Optional.empty();
        }
    }

    /** A tag with a text of its own is followed by the commit that it stands for. */
    static Optional<String> commitIn(List<String> lines) {
        return lines.stream()
                .filter(line -> line.endsWith("^{}"))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> line.split("\t", 2)[0])
                .filter(commit -> COMMIT.matcher(commit).matches());
    }
}
