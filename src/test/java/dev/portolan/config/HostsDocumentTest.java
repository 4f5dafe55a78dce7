package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/hosts.md are read without a problem, by the schema too. */
class HostsDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("\n( *)```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String DOCUMENT = Corpus.text(Path.of("docs/hosts.md"));

    @Test
    void everyExampleIsGood() {
        Matcher examples = EXAMPLE.matcher(DOCUMENT);
        int read = 0;
        while (examples.find()) {
            String text = examples.group(2).replaceAll("(?m)^" + examples.group(1), "");
            Problems problems = new Problems();
            new PortolanFileReader(problems).read("portolan.yml", text);
            assertThat(problems.all()).as(text).isEmpty();
            assertThat(PortolanSchema.errors(text)).as(text).isEmpty();
            read++;
        }
        assertThat(read).isEqualTo(2);
    }
}
