package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.docker.ContainerEngine.WindowSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Hands this process's own streams to a command in a container, byte by byte as they are; with a terminal where there is one. */
final class Streams {
    private Streams() {}

    /** @param command runs to its end and returns its exit code */
    static int lend(Session session, ToIntFunction<Terminal> command) {
        Surroundings surroundings = session.surroundings();
        if (session.json()) {
            try (Lines output = new Lines(session, false);
                    Lines error = new Lines(session, true)) {
                return command.applyAsInt(new Terminal(surroundings.input(), output, error, false));
            }
        }
        OutputStream output = new AtOnce(surroundings.output());
        if (!surroundings.canAsk()) {
            return command.applyAsInt(
                    new Terminal(surroundings.input(), output, new AtOnce(surroundings.error()), false));
        }
        ControllingTerminal terminal = new ControllingTerminal(surroundings.environment());
        Runnable restore = terminal.raw();
        try {
            return command.applyAsInt(new Terminal(
                    surroundings.input(),
                    output,
                    output,
                    true,
                    () -> Optional.of(terminal.size()).map(size -> new WindowSize(size.rows(), size.columns()))));
        } finally {
            restore.run();
        }
    }

    /** Each write is seen at once, as a prompt must be. */
    private static final class AtOnce extends OutputStream {
        private final OutputStream target;

        AtOnce(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
            target.flush();
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            target.write(source, offset, length);
            target.flush();
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }

    /** An event for each line. */
    private static final class Lines extends OutputStream {
        private final Session session;
        private final boolean error;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Session session, boolean error) {
            this.session = session;
            this.error = error;
        }

        @Override
        public synchronized void write(int value) {
            line.write(value);
            if (value == '\n') {
                say();
            }
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                say();
            }
        }

        private void say() {
            session.display().show(new Event.OutputSeen(error, ByteBuffer.wrap(line.toByteArray())));
            line.reset();
        }
    }
}
