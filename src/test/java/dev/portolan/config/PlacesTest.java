package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Place;
import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void aCityAndTheCloudRegionInItAreTheSamePlace() {
        assertThat(Places.find("dublin")).contains(new Place(53.33, -6.25));
        assertThat(Places.find("eu-west-1")).isEqualTo(Places.find("dublin"));
        assertThat(Places.find("nyc1")).isEqualTo(Places.find("new-york"));
        assertThat(Places.find("atlantis")).isEmpty();
    }

    @Test
    void everyNameIsWrittenTheSameWay() {
        assertThat(Places.names()).hasSizeGreaterThan(350).allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void aNameWrittenOtherwiseOrNearlyRightIsKnown() {
        assertThat(Places.nearest("San Francisco")).contains("san-francisco");
        assertThat(Places.nearest("dubln")).contains("dublin");
        assertThat(Places.nearest("eu-west-11")).contains("eu-west-1");
        assertThat(Places.nearest("xyzzyxyzzy")).isEmpty();
    }
}
