package dev.portolan.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "x86_64, linux/amd64",
        "aarch64, linux/arm64",
        "armv7l, linux/arm/v7",
        "riscv64, linux/riscv64",
    })
    void machinesAndImagesCallAProcessorByTwoNames(String machine, String platform) {
        assertThat(Platform.ofMachine(machine)).hasToString(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64, linux/arm64, false",
        "linux/arm64, linux/amd64, false",
        "linux/arm64, linux/arm64/v8, true",
        "linux/amd64, linux/386, true",
        "linux/386, linux/amd64, false",
        "linux/arm64, linux/arm/v7, true",
        "linux/arm/v7, linux/arm/v6, true",
        "linux/arm/v6, linux/arm/v7, false",
        "linux/amd64, windows/amd64, false",
    })
    void aProcessorRunsWhatIsMadeForItOrItsForerunner(String host, String image, boolean runs) {
        assertThat(Platform.parse(host).runs(Platform.parse(image))).isEqualTo(runs);
    }

    @Test
    void whatHasNoVariantSaysNone() {
        assertThat(Platform.parse("linux/arm64").variant()).isEmpty();
    }
}
