package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.docker.ContainerEngine.WindowSize;
import dev.portolan.host.ByteStream;
import dev.portolan.model.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Commands with streams of their own: in a running container, and as a container's first process. */
final class Sessions {
    private static final Duration BETWEEN_SIZES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** Ctrl-D. */
    private static final byte END_OF_TRANSMISSION = 4;

    private final EngineCalls calls;
    private final Containers containers;

    Sessions(EngineCalls calls, Containers containers) {
        this.calls = calls;
        this.containers = containers;
    }

    int exec(String nameOrId, List<String> command, Terminal terminal) {
        ObjectNode description = JsonNodeFactory.instance
                .objectNode()
                .put("AttachStdin", true)
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("Tty", terminal.tty());
        ContainerBody.strings(description.putArray("Cmd"), command);
        ObjectNode start =
                JsonNodeFactory.instance.objectNode().put("Detach", false).put("Tty", terminal.tty());
        return calls.doing("run " + command.getFirst() + " in the container " + nameOrId, () -> {
            String id = calls.post(Query.path("containers", nameOrId, "exec"), description)
                    .path("Id")
                    .asText();
            try (var exchange = calls.upgrade(Query.path("exec", id, "start"), Optional.of(start));
                    ByteStream stream = exchange.response().upgraded()) {
                converse(stream, terminal, Query.path("exec", id, "resize"));
            }
            return exitCodeOfExec(id);
        });
    }

    OptionalInt runHook(String nameOrId, Hook hook, Duration limit, Consumer<String> lines) {
        ObjectNode start =
                JsonNodeFactory.instance.objectNode().put("Detach", false).put("Tty", false);
        return calls.doing("run a hook in the container " + nameOrId, () -> {
            String id = calls.post(Query.path("containers", nameOrId, "exec"), HookBody.of(hook))
                    .path("Id")
                    .asText();
            try (var exchange = calls.upgrade(Query.path("exec", id, "start"), Optional.of(start));
                    ByteStream stream = exchange.response().upgraded();
                    HookOutput output = new HookOutput(stream, lines)) {
                if (output.endsWithin(limit)) {
                    return OptionalInt.of(exitCodeOfExec(id));
                }
            }
            // what it has started may hold its output open
            JsonNode state = calls.read(Query.path("exec", id, "json"));
            return state.path("Running").asBoolean()
                    ? OptionalInt.empty()
                    : OptionalInt.of(state.path("ExitCode").asInt());
        });
    }

    /** The output may end a moment before the engine has noted the exit code. */
    private int exitCodeOfExec(String id) throws IOException {
        long deadline = System.nanoTime() + calls.limit().toNanos();
        JsonNode state = calls.read(Query.path("exec", id, "json"));
        while (state.path("Running").asBoolean() && System.nanoTime() < deadline) {
            pause();
            state = calls.read(Query.path("exec", id, "json"));
        }
        if (!state.path("ExitCode").isInt()) {
            throw new IOException("the command's output has ended and the command has not");
        }
        return state.path("ExitCode").asInt();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.nio.channels.ClosedByInterruptException();
        }
    }

    int runAttached(String nameOrId, Terminal terminal) {
        Query attach = Query.path("containers", nameOrId, "attach")
                .with("stream", true)
                .with("stdin", true)
                .with("stdout", true)
                .with("stderr", true);
        return calls.doing("run the container " + nameOrId, () -> {
            try (var exchange = calls.upgrade(attach, Optional.empty());
                    ByteStream stream = exchange.response().upgraded()) {
                calls.post(Query.path("containers", nameOrId, "start"));
                converse(stream, terminal, Query.path("containers", nameOrId, "resize"));
            }
            return containers.await(nameOrId);
        });
    }

    /** Until the other side has nothing more to say. */
    private void converse(ByteStream stream, Terminal terminal, Query resize) throws IOException {
        Thread input = Thread.ofVirtual().start(() -> sendInput(terminal, stream));
        Thread sizes = Thread.ofVirtual().start(() -> followSize(terminal, resize));
        try {
            if (terminal.tty()) {
                copy(stream.input(), terminal.output());
            } else {
                new FrameReader(stream.input())
                        .readAll((error, bytes, length, last) ->
                                write(error ? terminal.error() : terminal.output(), bytes, length));
            }
        } finally {
            input.interrupt();
            sizes.interrupt();
        }
    }

    /**
     * When the input of a terminal is closed, the engine ends the output too, whatever is still to come. There the end is said
     * as a person at a keyboard says it.
     */
    private static void sendInput(Terminal terminal, ByteStream stream) {
        OutputStream output = stream.output();
        try {
            copy(terminal.input(), output);
            if (terminal.tty()) {
                write(output, new byte[] {END_OF_TRANSMISSION}, 1);
            } else {
                output.close();
            }
        } catch (IOException e) {
            // The command has ended without waiting for the rest of its input, as commands may.
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            write(to, buffer, count);
        }
    }

    private static void write(OutputStream to, byte[] bytes, int length) throws IOException {
        to.write(bytes, 0, length);
        to.flush();
    }

    private void followSize(Terminal terminal, Query resize) {
        Optional<WindowSize> before = Optional.empty();
        try {
            while (terminal.tty()) {
                Optional<WindowSize> now = terminal.size().get();
                if (now.isPresent() && !now.equals(before)) {
                    calls.post(resize.with("h", String.valueOf(now.get().rows()))
                            .with("w", String.valueOf(now.get().columns())));
                }
                before = now;
                Thread.sleep(BETWEEN_SIZES);
            }
        } catch (InterruptedException | IOException e) {
            // The command has ended, or has a terminal that cannot be resized: it works with the size it has.
        }
    }
}
