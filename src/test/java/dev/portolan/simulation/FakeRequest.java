package dev.portolan.simulation;

/** A reader's request, from its arrival to its answer. */
final class FakeRequest {
    private final String region;
    private final FakeProxy.Slot slot;
    private final FakeContainer container;
    private boolean open = true;

    /** @param region whose proxy passed it on */
    FakeRequest(String region, FakeProxy.Slot slot, FakeContainer container) {
        this.region = region;
        this.slot = slot;
        this.container = container;
    }

    boolean open() {
        return open;
    }

    String region() {
        return region;
    }

    FakeContainer container() {
        return container;
    }

    FakeProxy.Slot slot() {
        return slot;
    }

    /** It was answered, or broke. */
    void close() {
        open = false;
        slot.inFlight().remove(this);
        container.inFlight().remove(this);
    }
}
