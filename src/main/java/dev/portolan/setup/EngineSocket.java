package dev.portolan.setup;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where this machine's engine listens.
 *
 * @param path absolute
 * @param chosen whether {@code DOCKER_HOST} names another than the engine's own default
 */
public record EngineSocket(Path path, boolean chosen) {
    private static final String VARIABLE = "DOCKER_HOST";
    private static final String UNIX = "unix://";
    private static final EngineSocket STANDARD = new EngineSocket(Path.of("/var/run/docker.sock"), false);

    /**
     * @throws UserError when the environment names an engine that is not on this machine
     */
    public static EngineSocket of(Map<String, String> environment) {
        String host = environment.getOrDefault(VARIABLE, "");
        if (host.isEmpty()) {
            return STANDARD;
        }
        if (!host.startsWith(UNIX + "/")) {
            throw new UserError(
                    VARIABLE + " is " + host + ", which is not a socket of this machine",
                    "unset " + VARIABLE + ", or set it to one, such as unix:///var/run/docker.sock",
                    ExitCode.USAGE);
        }
        Path path = Path.of(host.substring(UNIX.length()));
        return new EngineSocket(path, !path.equals(STANDARD.path()));
    }
}
