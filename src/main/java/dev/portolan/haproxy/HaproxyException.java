package dev.portolan.haproxy;

import dev.portolan.model.UserError;

/** HAProxy refused something or did not answer. */
public class HaproxyException extends UserError {
    private static final long serialVersionUID = 1L;

    public HaproxyException(String message, String remedy) {
        super(message, remedy);
    }

    /** Nothing listens on the socket: HAProxy does not run, or is just starting. */
    public static class NotRunning extends HaproxyException {
        private static final long serialVersionUID = 1L;

        public NotRunning(String socket) {
            super(
                    "HAProxy does not answer on " + socket,
                    "run the command again; it starts the proxy when it is needed");
        }
    }

    /** The worker that was meant does not take the requests any more: it died, or a reload has replaced it. */
    public static final class Replaced extends NotRunning {
        private static final long serialVersionUID = 1L;

        public Replaced(String socket) {
            super(socket);
        }
    }
}
