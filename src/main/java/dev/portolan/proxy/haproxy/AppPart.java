package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one app has in a proxy.
 *
 * @param bind address and port of its HTTP requests and of the traffic layer's questions, if there are any
 * @param settingsHash of the settings it was made from
 * @param backends in the order of precedence: where two have the same host name, the later one serves until the earlier has
 *     a server
 */
record AppPart(String app, Optional<String> bind, String settingsHash, List<Backend> backends) {

    AppPart {
        Words.name(app);
        Words.name(settingsHash);
        backends = List.copyOf(backends);
    }

    AppPart withEach(UnaryOperator<Backend> change) {
        return new AppPart(
                app, bind, settingsHash, backends.stream().map(change).toList());
    }
}
