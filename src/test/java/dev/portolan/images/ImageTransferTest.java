package dev.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.EngineException;
import dev.portolan.host.HostUploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTransferTest {
    private static final List<String> NAMES = List.of("shop-web:1");
    /** More than travels together with others. */
    private static final int LARGE = (int) ImageTransfer.GROUP_BYTES + 1000;

    @TempDir
    Path folder;

    private final FakeStore engine = new FakeStore();
    private final FakeUploads uploads = new FakeUploads(engine);
    private final List<String> lines = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int images;

    @Test
    void anImageComesWithItsIdAndItsNameInTwoCalls() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, 1000), noise(2, 2000)));
        bring(image);
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
        assertThat(engine.loads()).as("calls").isEqualTo(2);
        assertThat(engine.parts()).isEmpty();
        assertThat(lines).containsExactly("the host has 0 of 2 layers; 0.0 MB to send");
    }

    @Test
    void onlyTheLayerThatTheHostLacksTravels() throws IOException {
        bring(new SavedArchive(List.of(noise(1, 500_000), noise(2, 100_000), noise(3, 1000))));
        engine.bytes = 0;
        engine.arrived.clear();
        SavedArchive next = new SavedArchive(List.of(noise(1, 500_000), noise(2, 100_000), noise(4, 20_000)));
        bring(next);
        assertThat(engine.arrived).containsExactly("portolan-layer-2");
        assertThat(engine.bytes).isBetween(20_000L, 24_000L);
        assertThat(engine.idByName).containsEntry("shop-web:1", next.id());
    }

    @Test
    void ofAnImageWhoseLayersAreAllThereOnlyTheConfigurationTravels() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, 500_000)));
        bring(image);
        engine.bytes = 0;
        engine.arrived.clear();
        bring(image);
        assertThat(engine.arrived).isEmpty();
        assertThat(engine.bytes).isLessThan(2000);
    }

    @Test
    void aLayerOnTopOfAnotherOneIsNotTheSame() throws IOException {
        bring(new SavedArchive(List.of(noise(1, 1000), noise(2, 1000))));
        engine.arrived.clear();
        bring(new SavedArchive(List.of(noise(2, 1000), noise(1, 1000))));
        assertThat(engine.arrived).containsExactly("portolan-layer-0", "portolan-layer-1");
    }

    @Test
    void whatHasArrivedDoesNotTravelAgainWhenTheConnectionBreaks() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, LARGE), noise(2, LARGE), noise(3, 1000)));
        engine.breaks.addAll(List.of(100_000, LARGE * 2, 4_000_000));
        bring(image, Optional.empty());
        assertThat(engine.arrived).containsExactly("portolan-layer-0", "portolan-layer-1", "portolan-layer-2");
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
        assertThat(lines).anyMatch(line -> line.endsWith("broke; trying again"));
        assertThat(engine.parts()).isEmpty();
    }

    @Test
    void theNextCommandGoesOnWhereADeadOneHasLeftOff() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, LARGE), noise(2, LARGE)));
        engine.breaks.addAll(List.of(LARGE, LARGE * 2, 0, 0, 0, 0, 0, 0, 0));
        assertThatThrownBy(() -> bring(image, Optional.empty())).isInstanceOf(EngineException.class);
        assertThat(engine.arrived).containsExactly("portolan-layer-0");
        assertThat(engine.parts()).hasSize(1);
        bring(image, Optional.empty());
        assertThat(engine.arrived).containsExactly("portolan-layer-0", "portolan-layer-1");
        assertThat(engine.parts()).isEmpty();
        assertThat(lines).contains("the host has 1 of 2 layers; 16.8 MB to send");
    }

    @Test
    void aConnectionThatAlwaysBreaksIsGivenUpAfterHalfAMinute() {
        engine.breaks.addAll(List.of(0, 0, 0, 0, 0, 0, 0, 0));
        assertThatThrownBy(() -> bring(new SavedArchive(List.of(noise(1, 1000)))))
                .isInstanceOf(EngineException.class);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMillis(30_500));
    }

    @Test
    void ofALargeLayerOnlyTheRestTravelsWhenTheConnectionBreaks() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, LARGE), noise(2, 1000)));
        uploads.breaks.addAll(List.of(5_000_000, 7_000_000));
        bring(image);
        assertThat(uploads.bytes).isBetween((long) LARGE, LARGE + 100_000L);
        assertThat(uploads.files).isEmpty();
        assertThat(engine.arrived).containsExactly("portolan-layer-0", "portolan-layer-1");
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
        assertThat(lines)
                .contains(
                        "going on where it was: the host has 5.0 MB of it, compressed",
                        "going on where it was: the host has 12.0 MB of it, compressed");
    }

    @Test
    void aFileThatIsNotWhatItShouldBeIsSentAnew() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, LARGE)));
        String name = new LoadArchive(saved(image), NAMES, 0, 1).fileName();
        uploads.finish(name, output -> output.write(new byte[LARGE * 2]));
        bring(image);
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
    }

    @Test
    void layersThatSomebodyRemovesMeanwhileAreSentAgain() throws IOException {
        SavedArchive image = new SavedArchive(List.of(noise(1, LARGE), noise(2, 1000)));
        engine.pruned = 1;
        bring(image);
        assertThat(engine.arrived).containsExactly("portolan-layer-0", "portolan-layer-0", "portolan-layer-1");
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
    }

    @Test
    void aHostThatRemovesLayersAgainAndAgainIsGivenUp() {
        engine.pruned = 10;
        assertThatThrownBy(() -> bring(new SavedArchive(List.of(noise(1, LARGE), noise(2, 1000)))))
                .hasMessage("layers of the image shop-web:1 do not stay on the host's engine");
    }

    @Test
    void anEngineThatTakesOnlyWholeImagesGetsThemWhole() throws IOException {
        engine.wholeOnly = true;
        SavedArchive image = new SavedArchive(List.of(noise(1, 1000), noise(2, 1000)));
        bring(image);
        assertThat(engine.loads()).isEqualTo(1);
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
    }

    @Test
    void anEngineThatDoesNotSayWhatItLacksGetsTheWholeImage() throws IOException {
        engine.otherWords = "content digest sha256:ab: not found";
        SavedArchive image = new SavedArchive(List.of(noise(1, 1000), noise(2, 1000)));
        bring(image);
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
    }

    @Test
    void anEngineThatRefusesIsNotAskedAgainAndAgain() {
        engine.refusal = "write /var/lib/docker/tmp/x: no space left on device";
        assertThatThrownBy(() -> bring(new SavedArchive(List.of(noise(1, 1000)))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no space left on device");
        assertThat(engine.loads()).as("the question, and the whole image").isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anImageWithoutLayersIsOneCall() throws IOException {
        SavedArchive image = new SavedArchive(List.of());
        bring(image);
        assertThat(engine.loads()).isEqualTo(1);
        assertThat(engine.idByName).containsEntry("shop-web:1", image.id());
    }

    private void bring(SavedArchive image) throws IOException {
        bring(image, Optional.of(uploads));
    }

    private void bring(SavedArchive image, Optional<HostUploads> by) throws IOException {
        new ImageTransfer(engine, by, pauses::add, saved(image), NAMES, lines::add).run();
    }

    private SavedImage saved(SavedArchive image) throws IOException {
        return image.in(Files.createDirectories(folder.resolve("image" + ++images)));
    }

    /** Bytes that do not get smaller. */
    private static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
