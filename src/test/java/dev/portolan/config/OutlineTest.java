package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlineTest {
    private static final String TEXT = """
            app: shop
            primary: dublin
            regions:
              sydney: { hosts: [local] }
              dublin: { hosts: [local] }
            """;

    @Test
    void portolanYmlAloneSaysWhereTheJournalIs(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("portolan.yml"), TEXT);

        assertThat(Outline.read(folder))
                .contains(new Outline(
                        "shop",
                        List.of("sydney", "dublin"),
                        List.of(
                                new Host(new HostId("sydney", "local"), new HostAddress.Local()),
                                new Host(new HostId("dublin", "local"), new HostAddress.Local())),
                        new HostId("dublin", "local")));
    }

    @Test
    void aFileWithAProblemHasNoOutline(@TempDir Path folder) {
        assertThat(Outline.of(TEXT.replace("primary: dublin", "primary: cork"))).isEmpty();
        assertThat(Outline.read(folder)).isEmpty();
    }
}
