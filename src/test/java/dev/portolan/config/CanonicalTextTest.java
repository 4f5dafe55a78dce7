package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.HealthTest;
import dev.portolan.model.ImageSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {

    private record Sample(
            String name, Optional<List<String>> command, Map<String, String> labels, int size, boolean on) {}

    @Test
    void theCanonicalTextIsExactlyThis() {
        var sample = new Sample("wéb", Optional.of(List.of("a", "bc")), Map.of("z", "1", "b", ""), 7, true);

        assertThat(CanonicalText.of(sample))
                .isEqualTo("Sample(7:command[1:a2:bc]6:labels{1:b0:1:z1:1}4:name4:wéb2:on4:true4:size1:7)");
    }

    @Test
    void whatIsAbsentIsLeftOutButAnEmptyCommandIsNotAbsent() {
        assertThat(CanonicalText.of(new Sample("", Optional.empty(), Map.of(), 0, false)))
                .isEqualTo("Sample()");
        assertThat(CanonicalText.of(new Sample("", Optional.of(List.of()), Map.of(), 0, false)))
                .isEqualTo("Sample(7:command[])");
    }

    @Test
    void ofAnImageOnlyWhatItHoldsCounts() {
        assertThat(CanonicalText.of(new ImageSource.Pulled("redis:7", "sha256:ab")))
                .isEqualTo(CanonicalText.of(new ImageSource.Pulled("redis:7.2", "sha256:ab")))
                .isEqualTo("9:sha256:ab");
        assertThat(CanonicalText.of(new ImageSource.Built(
                        "shop-web:0a1b", "/home/ann/shop", "Dockerfile", Map.of(), Optional.empty())))
                .isEqualTo("13:shop-web:0a1b");
    }

    @Test
    void whereAFileWasReadAndWhoseItIsThereDoesNotCount() {
        var here = new FileInContainer("/run/secrets/key", new FileSource.LocalFile("/home/ann/key"), "ab", 0444, 0, 0);
        var there =
                new FileInContainer("/run/secrets/key", new FileSource.LocalFile("/home/bob/key"), "ab", 0444, 0, 0);

        var others = new FileInContainer("/run/secrets/key", new FileSource.LocalFile("/key"), "ab", 0444, 1000, 1000);

        assertThat(CanonicalText.of(here)).isEqualTo(CanonicalText.of(there)).isEqualTo(CanonicalText.of(others));
    }

    @Test
    void theFingerprintOfTheSameValueIsTheSameInEveryVersion() {
        var test = new HealthTest(List.of("CMD", "true"), Duration.ofSeconds(5), Duration.ZERO, 3, Duration.ZERO);

        assertThat(CanonicalText.of(test)).isEqualTo("HealthTest(8:interval4:PT5S7:retries1:34:test[3:CMD4:true])");
        assertThat(Fingerprint.of(CanonicalText.of(test)))
                .isEqualTo("55ab11835c1d80e8f2a4ca6b031b030cb912af1af90d2037ab839c049bf6c7a3");
    }
}
