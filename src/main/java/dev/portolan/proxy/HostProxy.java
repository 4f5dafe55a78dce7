package dev.portolan.proxy;

import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The proxy of a host, seen by one app. Safe for use by many threads. Every method throws {@link ProxyException} when the
 * proxy refuses or does not answer in time, a {@link ProxyGone} when it does not run. Nothing here sleeps for a fixed time: each change is acknowledged by the proxy.
 */
public interface HostProxy {

    /** What the proxy does now, for this app's routes; {@link ProxyState#ABSENT} when it does not run. */
    ProxyState observe();

    /** Where these settings want the proxy to listen and somebody else does, so that it could not be set up. Changes nothing. */
    List<String> taken(ProxySettings settings);

    /**
     * Makes the proxy run with these settings. What is in service stays in service, and no request is lost.
     */
    void ensure(ProxySettings settings);

    /**
     * Sends the new requests of all routes to a service to exactly these servers, each by the route to its port. Returns when the proxy has found each of them healthy and
     * sends them requests; servers that were in service before then drain: they get no new request and finish those in
     * flight. When a new server is not healthy within {@code deadline}, everything is as before and an exception says which.
     * Survives a restart of the proxy only after {@link #commit}. Does nothing when it is so already.
     *
     * @param service whose routes
     */
    void cutOver(String service, List<ProxyServer> servers, Duration deadline);

    /**
     * Waits until these servers have no request in flight, or ends what they have after {@code deadline}; then takes them out
     * of the routes. Servers that no route knows are drained already.
     *
     * @return how many connections were ended at the deadline
     */
    int drain(String service, List<ProxyServer> servers, Duration deadline);

    /** Makes what is in service now what the proxy serves after a restart, and forgets routes that are no longer set. */
    void commit();

    /** Takes the app's routes away; the proxy ends when it has none left. */
    void remove();

    /**
     * Counters of each server of the routes to a service since the server was put there, by address ({@code ip:port}).
     */
    Map<String, Figures> figures(String service);

    /**
     * @param requests answered or failed
     * @param serverErrors answers 500 to 599
     * @param connectionErrors connections that could not be made or broke before an answer
     * @param healthy whether the proxy's own check passes now
     * @param current sessions in flight now
     */
    record Figures(long requests, long serverErrors, long connectionErrors, boolean healthy, long current) {

        public long failures() {
            return serverErrors + connectionErrors;
        }
    }
}
