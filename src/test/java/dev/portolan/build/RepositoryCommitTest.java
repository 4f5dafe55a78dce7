package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryCommitTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void anAddressWithACommitIsPinnedAlready() {
        assertThat(RepositoryCommit.pinned("https://example.com/a.git#" + COMMIT + ":server"))
                .contains("https://example.com/a.git#" + COMMIT + ":server");
    }

    @Test
    void aTagWithATextStandsForTheCommitBehindIt() {
        String tag = COMMIT.replace('0', 'f');

        assertThat(RepositoryCommit.commitIn(List.of(tag + "\trefs/tags/v1", COMMIT + "\trefs/tags/v1^{}")))
                .contains(COMMIT);
        assertThat(RepositoryCommit.commitIn(List.of(tag + "\trefs/heads/main")))
                .contains(tag);
        assertThat(RepositoryCommit.commitIn(List.of())).isEmpty();
    }

    @Test
    void aRepositoryThatDoesNotAnswerHasNoCommit() {
        assertThat(RepositoryCommit.pinned("/nowhere/at/all.git#main")).isEmpty();
    }
}
