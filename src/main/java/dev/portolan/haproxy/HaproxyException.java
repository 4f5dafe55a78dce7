package dev.portolan.haproxy;

import dev.portolan.model.UserError;

/** HAProxy refused something or did not answer. */
public class HaproxyException extends UserError {
    private static final long serialVersionUID = 1L;

    public HaproxyException(String message, String remedy) {
        super(message, remedy);
    }

    /** Nothing listens on the socket: HAProxy does not run, or is just starting. */
    public static final class NotRunning extends HaproxyException {
        private static final long serialVersionUID = 1L;

        public NotRunning(String socket) {
            super(
                    "HAProxy does not answer on " + socket,
                    "run the command again; it starts the proxy when it is needed");
        }
    }
}
