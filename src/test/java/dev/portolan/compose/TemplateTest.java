package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, String> VARIABLES = Map.of("A", "one", "EMPTY", "", "B_2", "two");

    private static Optional<String> value(String name) {
        return Optional.ofNullable(VARIABLES.get(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$A | one",
                "${A} | one",
                "x$A.y | xone.y",
                "$B_2 | two",
                "$A$A | oneone",
                "${A}${B_2} | onetwo",
                "$$A | $A",
                "$$$A | $one",
                "$$ | $",
                "cost: $5 | cost: $5",
                "a$ | a$",
                "$(date) | $(date)",
                "${NO:-d} | d",
                "${EMPTY:-d} | d",
                "${A:-d} | one",
                "${NO-d} | d",
                "${EMPTY-d} | ``",
                "${A-d} | one",
                "${A:+x} | x",
                "${EMPTY:+x} | ``",
                "${NO:+x} | ``",
                "${A+x} | x",
                "${EMPTY+x} | x",
                "${NO+x} | ``",
                "${A:?must} | one",
                "${A?must} | one",
                "${EMPTY?must} | ``",
                "${NO:-${A}} | one",
                "${NO:-${NO2:-deep}}! | deep!",
                "${NO:-$A/$B_2} | one/two",
                "${NO:-a:-b} | a:-b",
                "${NO:-http://x?y=z} | http://x?y=z",
                "${NO-a:-b} | a:-b",
                "${NO:-} | ``",
                "${NO:-{\"k\":1}} | {\"k\":1}",
                "${NO:-{x} | {x",
                "${NO:-x} ${A} | x one"
            })
    void everyFormIsFilledIn(String template, String expected) throws InvalidValue {
        assertThat(Template.substitute(template, TemplateTest::value, name -> {}))
                .isEqualTo(expected);
    }

    @Test
    void aVariableWithoutValueAndDefaultIsToldOf() throws InvalidValue {
        List<String> unset = new ArrayList<>();

        assertThat(Template.substitute("<$NO ${NO2} ${NO3:-x} ${EMPTY}>", TemplateTest::value, unset::add))
                .isEqualTo("<  x >");
        assertThat(unset).containsExactly("NO", "NO2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${NO:?set it} | required variable NO is missing a value: set it",
                "${NO?} | required variable NO is missing a value",
                "${EMPTY:?need $A} | required variable EMPTY is missing a value: need one",
                "${A:-${NO:?eager}} | required variable NO is missing a value: eager",
                "${A | invalid interpolation format: ${A",
                "${} | invalid interpolation format: ${}",
                "${1A} | invalid interpolation format: ${1A}",
                "${A B} | invalid interpolation format: ${A B}"
            })
    void whatIsNoTemplateOrMissesAValueIsRefused(String template, String message) {
        assertThatThrownBy(() -> Template.substitute(template, TemplateTest::value, name -> {}))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(message);
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() ->
                        Template.substitute("${A:-".repeat(5000) + "}".repeat(5000), TemplateTest::value, name -> {}))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("more than 50 defaults of variables lie in each other");
    }
}
