package dev.portolan.proxy;

/** The proxy does not run at the moment. One that died is started again by the engine, with what was committed. */
public final class ProxyGone extends ProxyException {
    private static final long serialVersionUID = 1L;

    public ProxyGone(String message, String remedy) {
        super(message, remedy);
    }
}
