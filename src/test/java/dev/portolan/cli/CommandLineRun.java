package dev.portolan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.host.HostKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Command lines run in this process, without a terminal, on a machine whose engine does not answer. */
final class CommandLineRun {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private ByteArrayOutputStream output = new ByteArrayOutputStream();
    private ByteArrayOutputStream error = new ByteArrayOutputStream();
    private String input = "";
    private boolean partsMade;
    private boolean broken;
    private HostKeys hostKeys = host -> Optional.empty();

    CommandLineRun(Path folder) {
        this.folder = folder;
    }

    Path state() {
        return folder.resolve(".state");
    }

    void setVariable(String name, String value) {
        environment.put(name, value);
    }

    void setInput(String text) {
        input = text;
    }

    void setHostKeys(HostKeys keys) {
        hostKeys = keys;
    }

    void breakParts() {
        broken = true;
    }

    boolean partsMade() {
        return partsMade;
    }

    /** Output and error streams are those of the runs since they were last read. */
    int run(String... line) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                environment,
                folder,
                () -> ZoneOffset.UTC,
                new ScreenFacts(false, false, false, false, false));
        return new Program(surroundings, this::parts).run(List.of(line));
    }

    String output() {
        String text = output.toString(StandardCharsets.UTF_8);
        output = new ByteArrayOutputStream();
        return text;
    }

    String error() {
        String text = error.toString(StandardCharsets.UTF_8);
        error = new ByteArrayOutputStream();
        return text;
    }

    List<JsonNode> jsonEvents(ObjectMapper mapper) {
        return output().lines()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (JsonProcessingException broken) {
                        throw new AssertionError("not JSON: " + line, broken);
                    }
                })
                .toList();
    }

    private Parts parts() {
        partsMade = true;
        return new SilentParts(state(), broken, hostKeys);
    }
}
