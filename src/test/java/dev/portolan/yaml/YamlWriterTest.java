package dev.portolan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"one", " a\nb", "\na", "a\n\n", "a\u2028b\u2029", "\u2028\n\u0007"})
    void aTextThatIsAllThereIsReadsAgain(String text) {
        String written = YamlWriter.write(Scalar.string(text, SourceLocation.wholeFile("a.yaml")));

        assertThat(YamlReader.read("a.yaml", written).root())
                .as(written)
                .hasValueSatisfying(
                        read -> assertThat(((Scalar) read).value().text()).isEqualTo(text));
    }
}
