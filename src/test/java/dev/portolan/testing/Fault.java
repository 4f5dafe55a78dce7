package dev.portolan.testing;

/** Something that is wrong with a host until it is lifted. */
@FunctionalInterface
public interface Fault extends AutoCloseable {

    /** Lifts it. A host that has started again meanwhile has lost most faults by itself; then nothing happens. */
    @Override
    void close();
}
