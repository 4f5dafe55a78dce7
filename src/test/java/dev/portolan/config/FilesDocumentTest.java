package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.FileInContainer;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/files.md is read without a problem, and takes a file from beside the project. */
class FilesDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# compose.yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path path = Path.of("");

    @Test
    void whatLiesBesideTheProjectIsCarriedAsAConfig() {
        Matcher example = EXAMPLE.matcher(Corpus.text(Path.of("docs/files.md")));
        assertThat(example.find()).isTrue();
        AppFolder app = new AppFolder(path.resolve("shop"))
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", example.group(1))
                .with("../shared/nginx.conf", "listen 80;");

        assertThat(app.problems()).isEmpty();
        assertThat(app.service("dublin", "web").container().storage().files())
                .extracting(FileInContainer::target)
                .containsExactly("/etc/nginx/nginx.conf");
    }
}
