package dev.portolan.config;

import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.Place;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.SecretSource;
import dev.portolan.model.SourceLocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What portolan.yml says, before the Compose files are read.
 *
 * @param app name of the app
 * @param primary name of a region
 * @param routes empty when the file has none, so that they are to be inferred
 * @param regions in the order of the file
 * @param env variables of the whole app
 * @param traffic empty when the file says nothing
 * @param release what is run once before a release goes anywhere
 * @param stores where secrets are, by name; the only one may be called {@link SecretNames#ONLY}
 */
public record PortolanFile(
        Located<String> app,
        String primary,
        Optional<Located<List<RouteEntry>>> routes,
        List<RegionEntry> regions,
        Map<String, Located<String>> env,
        RolloutSettings rollout,
        Optional<TrafficEntry> traffic,
        Optional<ReleaseEntry> release,

        Map<String, SecretSource> stores) {

    /** An entry of {@code routes}. */
    public sealed interface RouteEntry {
        Located<String> service();

        /** Empty for the one port of the service. */
        Optional<Located<Integer>> port();

        /**
         * @param health empty for the one in the service's own health check
         */
        record Http(
                Located<String> host,
                Located<String> service,
                Optional<Located<Integer>> port,
                Optional<Located<String>> health,
                Optional<Located<String>> sticky)
                implements RouteEntry {}

        /**
         * @param listen port at which readers arrive
         */
        record Tcp(Located<Integer> listen, Located<String> service, Optional<Located<Integer>> port)
                implements RouteEntry {}
    }

    /**
     * @param hosts at least one
     * @param compose files that are merged over the app's own, in this region
     * @param secrets what stands for the region in the places of stores; its name unless given
     */
    public record RegionEntry(
            Located<String> name,
            Place place,
            List<HostEntry> hosts,
            Map<String, Located<String>> env,
            List<Located<String>> compose,
            Optional<Located<String>> secrets) {

        /** Each with its name. */
        List<Host> hostsById() {
            return hosts.stream()
                    .map(host -> new Host(new HostId(name.value(), host.name()), host.address()))
                    .toList();
        }

        /** Whether it runs on this machine's own engine, which several regions may share. */
        boolean local() {
            return hosts.stream().map(HostEntry::address).anyMatch(HostAddress.Local.class::isInstance);
        }
    }

    /** @param labels by which the Compose file chooses hosts */
    public record HostEntry(HostAddress address, Map<String, String> labels) {

        /** Unique in its region. */
        String name() {
            return switch (address) {
                case HostAddress.Local() -> "local";
                case HostAddress.Ssh ssh -> ssh.address();
            };
        }
    }

    /** @param command at least one word */
    public record ReleaseEntry(Located<String> service, List<String> command, Duration timeout) {}

    /**
     * @param port empty for the published one of the routed service
     * @param location of the section
     */
    public record TrafficEntry(Provider provider, Optional<Located<Integer>> port, SourceLocation location) {

        public enum Provider {
            EDGE,
            NONE
        }
    }
}
