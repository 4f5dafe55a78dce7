package dev.portolan.model;

import java.util.Optional;

/**
 * Requests that the proxies send to a service.
 *
 * @param host the host name of the requests; {@code *} for every name that no other route takes
 * @param service the Compose service that answers
 * @param port the port inside its containers, 1 to 65535
 * @param health the path that answers 200 when a container can serve, such as {@code /heartbeat}
 * @param sticky the app's own cookie that keeps a reader on one container, if any
 */
public record Route(String host, String service, int port, String health, Optional<String> sticky) {

    public static final String ANY_HOST = "*";
}
