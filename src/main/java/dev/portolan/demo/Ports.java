package dev.portolan.demo;

import dev.portolan.model.UserError;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Finds ports that nobody listens on. */
public final class Ports {
    private static final int STEP = 10;
    private static final int TRIES = 500;

    private Ports() {}

    /**
     * The first of {@code count} ports in a row that are free now.
     *
     * @param wanted where to begin looking
     * @throws UserError when there are none
     */
    public static int free(int wanted, int count) {
        return IntStream.range(0, TRIES)
                .map(attempt -> wanted + attempt * STEP)
                .filter(first -> IntStream.range(first, first + count).allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "no " + count + " free ports in a row from " + wanted + " on", "end what listens there"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
