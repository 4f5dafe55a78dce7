package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryCommitTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = COMMIT.replace('0', 'f');

    @Test
    void anAddressWithACommitIsPinnedAlready() {
        assertThat(RepositoryCommit.of("https://example.com/a.git#" + COMMIT + ":server"))
                .isEqualTo(new RepositoryCommit.Pinned("https://example.com/a.git#" + COMMIT + ":server"));
    }

    @Test
    void aTagWithATextStandsForTheCommitBehindIt() {
        assertThat(RepositoryCommit.commitIn(List.of(OTHER + "\trefs/tags/v1", COMMIT + "\trefs/tags/v1^{}"), "v1"))
                .contains(COMMIT);
        assertThat(RepositoryCommit.commitIn(List.of(OTHER + "\trefs/heads/main"), "main"))
                .contains(OTHER);
        assertThat(RepositoryCommit.commitIn(List.of(), "main")).isEmpty();
    }

    @Test
    void aBranchWhoseNameOnlyEndsSoIsAnotherOne() {
        String other = OTHER + "\trefs/heads/feature/main";
        assertThat(RepositoryCommit.commitIn(List.of(other, COMMIT + "\trefs/heads/main"), "main"))
                .contains(COMMIT);
        assertThat(RepositoryCommit.commitIn(List.of(other), "main")).isEmpty();
    }

    @Test
    void aBranchComesBeforeATagOfItsName() {
        assertThat(RepositoryCommit.commitIn(
                        List.of(COMMIT + "\trefs/heads/v1", OTHER + "\trefs/tags/v1", OTHER + "\trefs/tags/v1^{}"),
                        "v1"))
                .contains(COMMIT);
    }

    @Test
    void aRepositoryThatDoesNotAnswerHasNoCommit() {
        assertThat(RepositoryCommit.of("/nowhere/at/all.git#main"))
                .isInstanceOfSatisfying(
                        RepositoryCommit.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith(
                                        "git says: fatal: '/nowhere/at/all.git' does not appear to be a git repository"));
    }
}
