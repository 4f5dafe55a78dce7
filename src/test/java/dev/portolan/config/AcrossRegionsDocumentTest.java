package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/compose-across-regions.md are read in two regions, with no more than a word about names. */
class AcrossRegionsDocumentTest {
    private static final String DOCUMENT = Corpus.text(Path.of("docs/compose-across-regions.md"));
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# compose.yaml\n(.*?)```", Pattern.DOTALL);
    private static final String PORTOLAN = AppFolder.TWO_REGIONS + "routes: [{ service: web, port: 80 }]\n";

    @TempDir
    Path path = Path.of("");

    @Test
    void everyExampleIsReadWithoutAProblem() {
        AppFolder app = new AppFolder(path).with("portolan.yml", PORTOLAN);
        int read = 0;
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        while (examples.find()) {
            app.with("compose.yaml", examples.group(1));
            assertThat(app.problems())
                    .as(examples.group(1))
                    .allMatch(problem -> problem.contains("the container is called"));
            read++;
        }
        assertThat(read).isEqualTo(4);
    }
}
