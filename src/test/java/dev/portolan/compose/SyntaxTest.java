package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.compose.PortSyntax.Port;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "500ms, PT0.5S",
        "2us, PT0.000002S",
        "1w2d, PT216H",
        "0, PT0S",
        "-5s, PT-5S",
        "+5s, PT5S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "100ns, PT0.0000001S",
        "106751d, PT2562024H",
        "1.1h1.1m1.1s, PT1H7M7.1S"
    })
    void aDurationIsRead(String text, String iso) throws InvalidValue {
        assertThat(Durations.parse(text)).hasToString(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10",
                "",
                "s",
                "1x",
                "1m 30s",
                ".s",
                "-",
                "1e3s",
                "9999999999h",
                "106752d",
                "106751d24h",
                "9223372036854775808ns",
                "5 s"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("\"" + text + "\" is no duration");
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1024",
        "512m, 536870912",
        "1g, 1073741824",
        "1.5GiB, 1610612736",
        "64kb, 65536",
        "10b, 10",
        "2 TB, 2199023255552",
        "1p, 1125899906842624",
        "0, 0",
        ".5k, 512",
        "1.0E0, -1",
        "5., 5",
        "0.3k, 307",
        "9007199254740993, 9007199254740992",
        "9223372036854775807, -1"
    })
    void aSizeIsRead(String text, long bytes) throws InvalidValue {
        if (bytes < 0) {
            assertThatThrownBy(() -> ByteSizes.parse(text)).isInstanceOf(InvalidValue.class);
        } else {
            assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "lots", "-1m", "1mm", "1kbb", "1 2", "99999999999p", "1  k"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSizes.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("\"" + text + "\" is no size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bundle exec rails s -p 3000 | bundle/exec/rails/s/-p/3000",
                "sh -c \"echo 'a b'\" | sh/-c/echo 'a b'",
                "echo 'a  b' c\\ d | echo/a  b/c d",
                "echo \"a \\\" b\" | echo/a \" b",
                "a '' b | a//b",
                "a && b | a",
                "redis-server --save 60 1 2>log | redis-server/--save/60/1",
                "echo $(date +%s) x | echo/$(date +%s)/x",
                "a;b | a"
            })
    void aCommandIsSplitIntoWords(String line, String words) throws InvalidValue {
        assertThat(String.join("/", ShellWords.split(line))).isEqualTo(words);
    }

    @Test
    void anEmptyCommandIsNoWords() throws InvalidValue {
        assertThat(ShellWords.split("")).isEmpty();
        assertThat(ShellWords.split("  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'a", "echo \"a", "echo a\\", "echo (a)", "echo a)"})
    void aCommandThatCannotBeSplitIsRefused(String line) {
        assertThatThrownBy(() -> ShellWords.split(line))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("\"" + line + "\" cannot be split into words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "80 | []:->80/tcp",
                "8080:80 | []:8080->80/tcp",
                "127.0.0.1:8080:80 | [127.0.0.1]:8080->80/tcp",
                "127.0.0.1::80 | [127.0.0.1]:->80/tcp",
                "53:53/udp | []:53->53/udp",
                "53:53/UDP | []:53->53/udp",
                "80/ | []:->80/tcp",
                "[::1]:8080:80 | [::1]:8080->80/tcp",
                "::1:8080:80 | [::1]:8080->80/tcp",
                "8000-8001:80-81 | []:8000->80/tcp []:8001->81/tcp",
                "8000-8010:80 | []:8000-8010->80/tcp",
                "3000-3001 | []:->3000/tcp []:->3001/tcp"
            })
    void aPortIsRead(String text, String expected) throws InvalidValue {
        assertThat(PortSyntax.parse(text).stream().map(SyntaxTest::written).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static String written(Port port) {
        return "[" + port.hostIp() + "]:" + port.published() + "->" + port.target() + "/" + port.protocol();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "70000 | \"70000\" is no port",
                "a:80 | \"a:80\" is no port",
                "80:80:80:80 | \"80:80:80:80\" is no port",
                "300.0.0.1:80:80 | \"300.0.0.1:80:80\" is no port",
                "80/icmp | \"icmp\" is no protocol",
                "8001-8000:80 | \"8001-8000:80\" is no port",
                "8000-8002:80-81 | \"8000-8002:80-81\" maps 3 ports to 2"
            })
    void whatIsNoPortIsRefused(String text, String message) {
        assertThatThrownBy(() -> PortSyntax.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data | Volume[bind=false, source=, target=/data, readOnly=false, options=[]]",
                "data:/data | Volume[bind=false, source=data, target=/data, readOnly=false, options=[]]",
                "./a:/b/../c/:ro | Volume[bind=true, source=./a, target=/c, readOnly=true, options=[ro]]",
                "~/a:/b:rw,z | Volume[bind=true, source=~/a, target=/b, readOnly=false, options=[rw, z]]",
                "C:\\a:/b | Volume[bind=true, source=C:\\a, target=/b, readOnly=false, options=[]]"
            })
    void aMountIsRead(String text, String expected) throws InvalidValue {
        assertThat(VolumeSyntax.parse(text)).hasToString(expected);
    }

    @Test
    void whatIsNoMountIsRefused() {
        assertThatThrownBy(() -> VolumeSyntax.parse("a:")).hasMessage("\"a:\" has an empty part");
        assertThatThrownBy(() -> VolumeSyntax.parse("")).hasMessage("\"\" has an empty part");
        assertThatThrownBy(() -> VolumeSyntax.parse("aa:/b:ro:x")).hasMessage("\"aa:/b:ro:x\" has too many colons");
    }

    @Test
    void aProjectNameIsNormalised() {
        assertThat(List.of("My App", "_x", "9-lives", "\u00e9t\u00e9", "a.b").stream()
                        .map(ProjectName::normalised))
                .containsExactly("myapp", "x", "9-lives", "t", "ab");
    }
}
