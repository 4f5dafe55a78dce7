package dev.portolan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5, 1.5e+00",
        "100.0, 100, 1e+02",
        "-0.25, -0.25, -2.5e-01",
        "1.0E10, 10000000000, 1e+10",
        "1.2345E-5, 0.000012345, 1.2345e-05",
        "1.7976931348623157E308, , 1.7976931348623157e+308"
    })
    void aNumberIsWrittenPlainOrScientific(String java, String plain, String scientific) {
        if (plain != null) {
            assertThat(Decimal.of(java).text(-100, 100)).isEqualTo(plain);
        }
        assertThat(Decimal.of(java).text(1000, 1000)).isEqualTo(scientific);
    }

    @Test
    void zeroHasNoDigits() {
        assertThat(Decimal.of("0.0").isZero()).isTrue();
        assertThat(Decimal.of("-0.0").isZero()).isTrue();
        assertThat(Decimal.of("0.1").isZero()).isFalse();
    }

    @Test
    void anyNumberIsTheSameInBothForms() {
        Random random = new Random(25);
        for (int tried = 0; tried < 10_000; tried++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value != 0) {
                BigDecimal exact = new BigDecimal(Double.toString(value));
                Decimal decimal = Decimal.of(Double.toString(value));
                assertThat(new BigDecimal(decimal.text(-400, 400))).isEqualByComparingTo(exact);
                assertThat(new BigDecimal(decimal.text(1000, 1000))).isEqualByComparingTo(exact);
            }
        }
    }
}
