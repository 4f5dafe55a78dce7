package dev.portolan.load;

import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an answer says: who served it, and whether it is the one that was expected. */
final class Answers {
    private Answers() {}

    static ServedBy servedBy(HttpHeaders headers, LoadSettings settings) {
        Optional<String> release = headers.first(settings.releaseHeader());
        Optional<String> region = headers.first(settings.regionHeader());
        return release.isEmpty() && region.isEmpty()
                ? ServedBy.UNKNOWN
                : new ServedBy(release.orElse("-"), region.orElse("-"));
    }

    /** The failure that a status is, if it is one. */
    static Optional<FailureKind> failure(int status) {
        if (status < 400) {
            return Optional.empty();
        }
        return Optional.of(
                status < 500
                        ? FailureKind.CLIENT_ERROR
                        : status == 502 || status == 504 ? FailureKind.GATEWAY : FailureKind.SERVER_ERROR);
    }

    /** Reads the whole body and says what is wrong with it. */
    static Optional<String> problem(HttpResponse response, Expectation expectation, String id) throws IOException {
        return switch (expectation) {
            case Expectation.AnyBody() -> {
                response.body().transferTo(OutputStream.nullOutputStream());
                yield Optional.empty();
            }
            case Expectation.Contains(String text) -> problem(response, text);
            case Expectation.ContainsId() -> problem(response, id);
        };
    }

    private static Optional<String> problem(HttpResponse response, String expected) throws IOException {
        String body = new String(response.readAll(), StandardCharsets.UTF_8);
        return body.contains(expected)
                ? Optional.empty()
                : Optional.of("the body does not contain '" + expected + "': " + start(body));
    }

    /** The start of a body, on one line. */
    static String start(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "(empty)" : line.length() > 120 ? line.substring(0, 120) + "..." : line;
    }
}
