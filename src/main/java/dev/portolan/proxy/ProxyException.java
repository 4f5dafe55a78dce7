package dev.portolan.proxy;

import dev.portolan.model.UserError;

/** A proxy refused a change or did not answer. */
public class ProxyException extends UserError {
    private static final long serialVersionUID = 1L;

    public ProxyException(String message, String remedy) {
        super(message, remedy);
    }
}
