package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the stream of messages by which the engine tells how a fetch or a build goes on. */
final class ProgressReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_KEPT = 40;

    private final Consumer<String> progress;
    private final Map<String, String> statusById = new HashMap<>();
    private final Deque<String> outputOfStep = new ArrayDeque<>();
    private final StringBuilder incomplete = new StringBuilder();

    /** @param progress one line at a time */
    ProgressReader(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Reads to the end.
     *
     * @throws RefusedException when the engine says that it failed, with the output of the step that did
     */
    void read(InputStream stream) throws IOException {
        try (MappingIterator<JsonNode> messages = JSON.readerFor(JsonNode.class).readValues(stream)) {
            while (messages.hasNextValue()) {
                accept(messages.nextValue());
            }
        }
        endLine();
    }

    private void accept(JsonNode message) throws RefusedException {
        String error = message.path("errorDetail")
                .path("message")
                .asText(message.path("error").asText());
        if (!error.isEmpty()) {
            endLine();
            String output = String.join("\n  ", outputOfStep);
            throw new RefusedException(400, output.isEmpty() ? error : error + "\n  " + output);
        }
        if (message.has("stream")) {
            output(message.path("stream").asText());
        } else if (message.has("status")) {
            status(message.path("id").asText(), message.path("status").asText());
        }
    }

    /** Each layer says many times that it goes on; once for each state is enough. */
    private void status(String id, String status) {
        if (!status.equals(statusById.put(id, status)) || id.isEmpty()) {
            progress.accept(id.isEmpty() ? status : id + ": " + status);
        }
    }

    private void output(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') {
                endLine();
            } else if (character != '\r') {
                incomplete.append(character);
            }
        }
    }

    private void endLine() {
        if (incomplete.isEmpty()) {
            return;
        }
        String line = incomplete.toString();
        incomplete.setLength(0);
        if (line.startsWith("Step ")) {
            outputOfStep.clear();
        }
        outputOfStep.addLast(line);
        if (outputOfStep.size() > LINES_KEPT) {
            outputOfStep.removeFirst();
        }
        progress.accept(line);
    }
}
