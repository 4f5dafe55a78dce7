package dev.portolan.docker.api;

import dev.portolan.docker.EngineException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;

/** Turns what went wrong into sentences that a person can act on. */
final class Failures {
    private static final String LOOK_AT_LOG = "The engine's own log says more: journalctl -u docker";

    /** The engine has no codes for these, only words; they are known here and nowhere else. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    List.of("port is already allocated", "address already in use"),
                    "Another container or program has the port. `docker ps` and `ss -ltnp` show which; stop it or choose another port."),
            new Known(
                    List.of("no space left on device", "disk quota exceeded"),
                    "The host's disk is full. `docker system df` shows what the engine holds, `docker image prune` frees unused images."),
            new Known(
                    List.of("pool overlaps", "numerical result out of range"),
                    "Another network of the host has these addresses. Give the app's network a subnet of its own in the Compose file."),
            new Known(
                    List.of("no such image", "manifest unknown", "pull access denied", "repository does not exist"),
                    "Check the image's name and tag. If it is private, log in on this machine: docker login"),
            new Known(
                    List.of("exec: \"git\": executable file not found"),
                    "The engine's own machine needs git to build from a repository: apt-get install git"),
            new Known(
                    List.of("executable file not found", "no such file or directory: unknown", "exec format error"),
                    "The image has no such program, or it is for another processor. Check `command` and `entrypoint`."),
            new Known(List.of("already in use by container"), "Remove or rename the other container."),
            new Known(
                    List.of(
                            "no such host",
                            "i/o timeout",
                            "connection refused",
                            "tls handshake timeout",
                            "network is unreachable"),
                    "The host cannot reach the registry. Check its network and name resolution."),
            new Known(
                    List.of("has active endpoints", "volume is in use"),
                    "Remove the containers that still use it first."));

    private record Known(List<String> words, String remedy) {}

    private Failures() {}

    /**
     * @param doing what was tried, as in "Could not ...": "start container web-1"
     * @param socket of the engine
     */
    static EngineException of(String doing, String socket, IOException failure) {
        return switch (failure) {
            case RefusedException refused -> refused(doing, refused);
            case NoSuchFileException missing ->
                new EngineException(
                        "Could not " + doing + ": no container engine listens at " + socket,
                        "Start it (sudo systemctl start docker) or install it; if it listens elsewhere, set DOCKER_HOST=unix:///path",
                        missing);
            case AccessDeniedException denied ->
                new EngineException(
                        "Could not " + doing + ": no permission to use " + socket,
                        "Add yourself to the group that owns it and log in again: sudo usermod -aG docker $USER",
                        denied);
            case ConnectException refused ->
                new EngineException(
                        "Could not " + doing + ": the container engine does not run (" + socket + ")",
                        "Start it: sudo systemctl start docker",
                        refused);
            case SocketTimeoutException late ->
                new EngineException(
                        "Could not " + doing + ": the container engine gave " + late.getMessage(), LOOK_AT_LOG, late);
            case ClosedByInterruptException interrupted ->
                new EngineException("Could not " + doing + ": interrupted", "Run the command again.", interrupted);
            default ->
                new EngineException(
                        "Could not " + doing + ": the connection to the container engine broke (" + failure.getMessage()
                                + ")",
                        "The engine may have been restarted. Run the command again: it looks at what is there first.",
                        failure);
        };
    }

    private static EngineException refused(String doing, RefusedException refused) {
        return new EngineException("Could not " + doing + ": " + refused.message(), remedy(refused), refused);
    }

    /** What to do about words of the engine, which come with a refusal or in the middle of a stream. */
    private static String remedy(RefusedException refused) {
        String words = refused.message().toLowerCase(Locale.ROOT);
        for (Known known : KNOWN) {
            if (known.words().stream().anyMatch(words::contains)) {
                return known.remedy();
            }
        }
        return refused.status() >= 500 ? LOOK_AT_LOG : "Change what the engine objects to and run the command again.";
    }
}
