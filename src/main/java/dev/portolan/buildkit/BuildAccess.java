package dev.portolan.buildkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a build may ask this machine for while it goes on.
 *
 * @param folders by the name that the build has for them
 * @param secrets the value of one, by the name that the Dockerfile has for it
 * @param agents sockets of SSH agents, by the name that the Dockerfile has for them
 * @param logins who this machine is to a registry
 */
public record BuildAccess(Map<String, SentFolder> folders, Secrets secrets, Map<String, Path> agents, Logins logins) {

    public BuildAccess {
        folders = Map.copyOf(folders);
        agents = Map.copyOf(agents);
    }

    /** Values that are read when they are asked for, and kept nowhere. */
    public interface Secrets {

        /** Empty when the build has no secret of that name. */
        Optional<byte[]> valueOf(String name) throws IOException;
    }

    /** Logins to registries. */
    public interface Logins {

        /**
         * @param registry such as {@code ghcr.io}
         * @return empty when nobody has logged in
         */
        Optional<Login> to(String registry) throws IOException;
    }

    /** @param secret a password or, where there is no user, a token */
    public record Login(String user, String secret) {

        @Override
        public String toString() {
            return "Login[user=" + user + ", secret=(secret)]";
        }
    }
}
