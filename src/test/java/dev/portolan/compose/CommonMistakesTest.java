package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write wrong first is answered with what to write. */
class CommonMistakesTest {
    @TempDir
    Path path;

    @Test
    void aTabThatIndents() {
        assertThat(problems("services:\n\tweb:\n"))
                .isEqualTo("compose.yaml:2:1: a tab may not indent in YAML; write spaces in its place");
        assertThat(problems("services:\n  web:\n    image: x\n    command:\n      -\ta\n"))
                .isEqualTo("compose.yaml:5:8: a tab may not indent in YAML; write spaces in its place");
        assertThat(problems("services: {\n\tweb: {image: x, command: \"a\n\t\tb\"}}\n"))
                .isEmpty();
    }

    @Test
    void aConflictOfAMergeIsTheOnlyProblemOfAFile() {
        assertThat(problems("services:\n<<<<<<< HEAD\n  web: {imag: x}\n=======\n  web: {build: .}\n>>>>>>> other\n"))
                .isEqualTo("compose.yaml:2:1: a conflict of a merge is left in the file; keep one of the two versions,"
                        + " and remove the lines that begin with <<<<<<<, ======= and >>>>>>>");
    }

    @Test
    void aLineThatIsIndentedTooFar() {
        assertThat(problems("services:\n  web:\n    image: x\n     init: true\n"))
                .isEqualTo("compose.yaml:4:10: not YAML: mapping values are not allowed here;"
                        + " indent the line as those beside it, or put a text with a colon in it in quotes");
    }

    @Test
    void quotesAndBracketsThatStayOpen() {
        assertThat(problems("services: {web: {image: x}\n"))
                .endsWith("; close the quotes and brackets before this place, or correct how far the line is indented");
    }

    @Test
    void aTextThatCannotBeginSo() {
        assertThat(problems("services: {web: {image: x, user: @me}}\n"))
                .isEqualTo("compose.yaml:1:34: not YAML: a text without quotes cannot begin with @;"
                        + " put the text in quotes");
    }

    @Test
    void anAliasWithoutAnAnchorIsOneProblem() {
        assertThat(problems("services: {web: {<<: *base, image: x}}\n"))
                .isEqualTo("compose.yaml:1:22: the alias *base has no anchor before it;"
                        + " write &base before the value that it stands for");
    }

    @Test
    void aServiceAtTheTopOfAFile() {
        assertThat(problems("web: {image: x}\n"))
                .isEqualTo("compose.yaml:1:1: web: unknown key \"web\"; move it below services:, and indent it");
    }

    @Test
    void namesWithADash() {
        assertThat(problems("services: {web: {image: x}}\nvolumes:\n  - data\n"))
                .isEqualTo("compose.yaml:3:3: volumes: must be a mapping, not a list;"
                        + " write its names below it, each with a colon and without a dash");
    }

    @Test
    void anImageInThePlaceOfAService() {
        assertThat(problems("services: {web: nginx}\n"))
                .isEqualTo("compose.yaml:1:17: services/web: must be a mapping, not a string;"
                        + " write image: nginx below it");
    }

    @Test
    void anImageThatIsMistypedIsNotMissingToo() {
        assertThat(problems("services: {web: {imag: x}}\n"))
                .isEqualTo("compose.yaml:1:18: services/web/imag: unknown key \"imag\"; did you mean \"image\"?");
    }

    @Test
    void variablesThatMixTheTwoForms() {
        assertThat(problems("services: {web: {image: x, environment: [{KEY: secret}]}}\n"))
                .isEqualTo("compose.yaml:1:42: services/web/environment/0: must be a string, not a mapping;"
                        + " write KEY=..., or leave out the dashes");
        assertThat(problems("services: {web: {image: x, environment: KEY=secret}}\n"))
                .isEqualTo("compose.yaml:1:41: services/web/environment: must be a mapping or a list, not a string;"
                        + " write KEY: ..., with a colon and a blank");
    }

    @Test
    void aListWithoutADash() {
        assertThat(problems("services: {web: {image: x, ports: \"80:80\"}}\n"))
                .isEqualTo(
                        "compose.yaml:1:35: services/web/ports: must be a list, not a string; write a list: - 80:80");
    }

    @Test
    void aNumberOfGraphicsCards() {
        assertThat(problems("services: {web: {image: x, gpus: 2}}\n"))
                .isEqualTo("compose.yaml:1:34: services/web/gpus: must be one of all or a list, not a number;"
                        + " write all, or - count: 2");
    }

    @Test
    void aNetworkIsNotMissingWhereTheNetworksAreWrong() {
        assertThat(problems("services: {web: {image: x, networks: [a]}}\nnetworks: a\n"))
                .isEqualTo("compose.yaml:2:11: networks: must be a mapping, not a string; write a mapping");
    }

    /** Of the file, a line each. */
    private String problems(String text) {
        return String.join(
                "\n", new ProjectFolder(path).file("compose.yaml", text).problems());
    }
}
