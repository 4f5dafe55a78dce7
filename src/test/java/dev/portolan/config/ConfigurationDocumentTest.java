package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.model.RolloutSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/configuration.md work, and it leaves out no key. */
class ConfigurationDocumentTest {
    private static final String DOCUMENT = Corpus.text(Path.of("docs/configuration.md"));
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# ([a-z.]+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path path = Path.of("");

    @Test
    void everyExampleIsReadWithoutAProblem() {
        AppFolder app = new AppFolder(path);
        int read = 0;
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        while (examples.find()) {
            app.with(examples.group(1), examples.group(2));
            if (examples.group(1).equals("portolan.yml")) {
                assertThat(app.problems()).as(examples.group(2)).isEmpty();
                read++;
            }
        }
        assertThat(read).isEqualTo(6);
    }

    @Test
    void theWholeExampleHasEveryKey() {
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        assertThat(examples.results().map(example -> example.group(2)).toList().get(1))
                .contains(
                        "max_parallel:", "monitor:", "keep:", "drain:", "healthy:", "sticky:", "at:", "env:", "port:");
    }

    @Test
    void theDefaultsAreThoseOfTheReader() {
        RolloutSettings defaults = RolloutSettings.DEFAULT;

        assertThat(DOCUMENT)
                .containsPattern("\\| `monitor` \\|[^|]*\\| `" + DurationText.format(defaults.monitor()) + "` \\|")
                .containsPattern("\\| `keep` \\|[^|]*\\| `" + DurationText.format(defaults.keep()) + "` \\|")
                .containsPattern("\\| `drain` \\|[^|]*\\| `" + DurationText.format(defaults.drain()) + "` \\|")
                .containsPattern("\\| `healthy` \\|[^|]*\\| `" + DurationText.format(defaults.healthy()) + "` \\|");
    }

    @Test
    void everyKeyOfTheSchemaIsDescribed() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Corpus.text(Path.of("src/main/resources/portolan.schema.json")));
        for (String pointer : List.of(
                "/properties",
                "/properties/rollout/properties",
                "/properties/traffic/properties",
                "/definitions/route/properties",
                "/definitions/region/properties")) {
            schema.at(pointer)
                    .fieldNames()
                    .forEachRemaining(key -> assertThat(DOCUMENT).contains("| `" + key + "` |"));
        }
    }
}
