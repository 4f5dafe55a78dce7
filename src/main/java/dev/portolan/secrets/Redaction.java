package dev.portolan.secrets;

import dev.portolan.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes a value out of texts that others write, such as the last lines of a container that did not start. Very short values stay: they
 * would be found everywhere.
 *
 * @param forms in which the value may stand there, the longest first
 */
record Redaction(List<String> forms) {
    private static final int SHORTEST = 4;
    private static final int SHORTEST_DIGITS = 8;
    private static final String SHOWN = "(secret)";

    static Redaction of(Secret value) {
        byte[] bytes = value.reveal();
        String text = new String(bytes, StandardCharsets.UTF_8);
        Set<String> forms = new TreeSet<>();
        Stream.concat(Stream.of(text), text.lines()).forEach(part -> {
            forms.add(part);
            forms.add(part.strip());
            forms.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
            forms.add(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
        });
        forms.removeIf(form -> form.length() < SHORTEST);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < 3; before++) {
                forms.add(inside(encoder.withoutPadding(), bytes, before));
            }
        }
        return new Redaction(forms.stream()
                .filter(form -> form.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /**
     * What there is of a value in the base64 of a longer text, such as an address with a password in it: without the digits that
     * depend on what is beside it.
     *
     * @param before how many bytes are before it, beyond whole groups of three
     */
    private static String inside(Base64.Encoder encoder, byte[] value, int before) {
        byte[] padded = new byte[before + value.length];
        System.arraycopy(value, 0, padded, before, value.length);
        String digits = encoder.encodeToString(padded);
        int first = before == 0 ? 0 : before + 1;
        int last = digits.length() - (padded.length % 3 == 0 ? 0 : 1);
        return last - first < SHORTEST_DIGITS ? "" : digits.substring(first, last);
    }

    String in(String text) {
        String shown = text;
        for (String form : forms) {
            shown = shown.replace(form, SHOWN);
        }
        return shown;
    }
}
