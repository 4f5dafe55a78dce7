package dev.portolan.buildkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** What BuildKit adds to a failed call: the place in the Dockerfile that it is about. */
final class FailedCall {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private FailedCall() {}

    /** The words of BuildKit, without those of the protocol. */
    static String words(StatusRuntimeException failure) {
        return Optional.ofNullable(failure.getStatus().getDescription())
                .orElse(failure.getStatus().getCode().name());
    }

    /** The first line, from 1; empty when the failure has no place. */
    static OptionalInt line(StatusRuntimeException failure) {
        Optional<byte[]> details = Optional.ofNullable(failure.getTrailers())
                .flatMap(trailers -> Optional.ofNullable(trailers.get(DETAILS)));
        if (details.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            for (Message detail : Message.parse(details.get()).messages(3)) {
                if (detail.text(1).contains("errdefs.Source")) {
                    JsonNode source = JSON.readTree(detail.bytes(2).toByteArray());
                    int line = source.path("ranges")
                            .path(0)
                            .path("start")
                            .path("line")
                            .asInt();
                    return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
                }
            }
        } catch (IOException notUnderstood) {
            // the words say the rest
        }
        return OptionalInt.empty();
    }
}
