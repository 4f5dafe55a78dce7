package dev.portolan.traffic;

import dev.portolan.model.Pools;
import dev.portolan.model.TrafficState;
import java.time.Duration;
import java.util.List;

/**
 * Steers readers to regions. Safe for use by many threads. Methods throw {@link dev.portolan.model.UserError} when the layer
 * refuses or does not answer.
 */
public interface TrafficLayer {

    /** What it does now. */
    TrafficState observe();

    /** Where it is to listen for these pools and somebody else does, so that it could not be set up. Changes nothing. */
    List<String> taken(Pools pools);

    /** Makes it run with these pools. No request is lost; drained pools stay drained. */
    void ensure(Pools pools);

    /**
     * Sends a region no new readers, and waits until those it has are served or {@code deadline} has passed.
     */
    void drain(String region, Duration deadline);

    /** Sends a region its readers again; returns when it gets them. */
    void undrain(String region);

    /** Takes the app's pools away. */
    void remove();
}
