package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.model.ImageSource.Built;
import dev.portolan.model.ImageSource.Pulled;
import dev.portolan.testing.SpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to images that no release names any more. */
class ForgetImageIT extends EngineTestBase {

    @Test
    void anImageThatWasBuiltIsRemovedOnceNoContainerUsesIt() throws Exception {
        Built built = build(name("app") + ":1", "one");
        String container = name("user");
        engine.create(container, SpecBuilder.of(built).build(), Map.of(), Optional.empty(), List.of());

        engine.forgetImage(built);
        assertThat(engine.hasImage(built)).isTrue();

        engine.remove(container);
        engine.forgetImage(built);
        assertThat(engine.hasImage(built)).isFalse();
        engine.forgetImage(built); // nothing is left to do
    }

    @Test
    void whatSomebodyHasMadeHereKeepsItsNameAndWhatHasNoneGoes() throws Exception {
        String reference = name("theirs") + ":latest";
        build(reference, "theirs");
        Pulled first = new Pulled(reference, engine.imageDigest(reference).orElseThrow());

        engine.forgetImage(first);
        assertThat(engine.hasImage(first)).isTrue();

        Built second = build(reference, "theirs, but newer"); // the name moves on
        engine.forgetImage(first);
        assertThat(engine.hasImage(first)).isFalse();
        assertThat(engine.hasImage(second)).isTrue();
        engine.forgetImage(second);
    }

    private Built build(String reference, String content) throws IOException {
        Path folder = Files.createDirectories(this.folder.resolve(content.replace(' ', '-')));
        Files.writeString(folder.resolve("content"), content);
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM " + image + "\nCOPY content /content\nCMD [\"/bin/true\"]\n");
        Built built = new Built(reference, folder.toString(), "Dockerfile", Map.of(), Optional.empty());
        engine.build(built, BuildMaterials.NONE, line -> {});
        return built;
    }
}
