package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    Path folder;

    @Test
    void theLocaleOfTheStartScriptIsNotSeen() {
        assertThat(Surroundings.asTheyWere(Map.of("A", "a", "LC_ALL", "C.UTF-8", "PORTOLAN_LC_ALL", "")))
                .isEqualTo(Map.of("A", "a"));
        assertThat(Surroundings.asTheyWere(Map.of("LC_ALL", "C.UTF-8", "PORTOLAN_LC_ALL", "POSIX")))
                .isEqualTo(Map.of("LC_ALL", "POSIX"));
        assertThat(Surroundings.asTheyWere(Map.of("LC_ALL", "de_DE.UTF-8"))).isEqualTo(Map.of("LC_ALL", "de_DE.UTF-8"));
    }

    @Test
    void theStartScriptGivesJavaALocaleInWhichNoLetterIsLost() throws IOException, InterruptedException {
        assertThat(javaStarted(Map.of())).isEqualTo("C.UTF-8 was ");
        assertThat(javaStarted(Map.of("LC_ALL", "POSIX", "LANG", "de_DE.UTF-8")))
                .isEqualTo("C.UTF-8 was POSIX");
        assertThat(javaStarted(Map.of("LANG", "de_DE.UTF-8"))).isEqualTo("unset was unset");
        assertThat(javaStarted(Map.of("LC_ALL", "de_DE.ISO-8859-1"))).isEqualTo("de_DE.ISO-8859-1 was unset");
    }

    /** What the start script hands on, with a java that only says so. */
    private String javaStarted(Map<String, String> locale) throws IOException, InterruptedException {
        Path script = folder.resolve("portolan");
        if (Files.notExists(script)) {
            Files.copy(Path.of("portolan"), script);
            Files.createDirectories(folder.resolve("src/main"));
            Files.createFile(folder.resolve("pom.xml"));
            Files.createDirectories(folder.resolve("target"));
            Files.createFile(folder.resolve("target/portolan.jar"));
            Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
            Files.writeString(java, "#!/bin/sh\nprintf '%s was %s' \"${LC_ALL-unset}\" \"${PORTOLAN_LC_ALL-unset}\"\n");
            assertThat(java.toFile().setExecutable(true)).isTrue();
            Files.writeString(folder.resolve("target/java-home"), folder + "\n");
        }
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "config").redirectErrorStream(true);
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.environment().putAll(locale);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
