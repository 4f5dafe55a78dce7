package dev.portolan.deploy;

import dev.portolan.journal.History;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What differs between two stored releases. Changes nothing and takes no lock. */
public final class Comparison {
    private final App app;

    public Comparison(App app) {
        this.app = app;
    }

    /** @param changes services that differ, and everything else that does, in detail */
    public record Result(ReleaseId from, ReleaseId to, Changes changes) {}

    /**
     * Compares.
     *
     * @param from name of a release or its beginning; empty for the one before the one that serves
     * @param to empty for the one that serves
     */
    public Result compare(Optional<String> from, Optional<String> to, Consumer<Notice> notices) {
        History history = app.history(notices);
        Desired before = release(from, history.previous(), "no release served before the one that serves");
        Desired after = release(to, history.committed(), "nothing is deployed");
        Changes changes = Changes.between(Optional.of(before), after);
        return new Result(
                before.release(),
                after.release(),
                new Changes(
                        changes.services().stream()
                                .filter(change -> change.kind() != ServiceChange.Kind.UNTOUCHED)
                                .toList(),
                        Particulars.between(before, after)));
    }

    private Desired release(Optional<String> wanted, Optional<ReleaseId> otherwise, String none) {
        ReleaseId id = wanted.map(this::find)
                .or(() -> otherwise)
                .orElseThrow(
                        () -> new UserError(none, "name two releases: portolan history --diff A B", ExitCode.USAGE));
        return app.load(Optional.of(id)).orElseThrow(() -> notStored(id.value()));
    }

    private ReleaseId find(String beginning) {
        List<ReleaseId> found = app.releases().stored().stream()
                .filter(id -> id.value().startsWith(beginning))
                .toList();
        if (found.size() > 1) {
            throw new UserError(
                    "several releases begin with " + beginning + ": " + words(found),
                    "write more of it",
                    ExitCode.USAGE);
        }
        return found.stream().findFirst().orElseThrow(() -> notStored(beginning));
    }

    private UserError notStored(String name) {
        List<ReleaseId> stored = List.copyOf(app.releases().stored());
        return new UserError(
                "release " + name + " is not stored on " + app.keeper(),
                stored.isEmpty()
                        ? "deploy one with: portolan deploy"
                        : "the stored ones are " + words(stored) + "; rollout.retain says how many are kept",
                ExitCode.USAGE);
    }

    private static String words(List<ReleaseId> releases) {
        return releases.stream().map(ReleaseId::value).sorted().collect(Collectors.joining(", "));
    }
}
