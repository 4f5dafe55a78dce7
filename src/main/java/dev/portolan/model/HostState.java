package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a host reports, or that it does not answer. */
public sealed interface HostState {

    /**
     * @param engine identity of the engine: regions with the same one share its networks and addresses
     * @param containers of the app in this region, whatever their state
     * @param networks every network of the engine, by name, with its IPv4 subnet or an empty string
     * @param routes IPv4 networks that the host has a route to, whoever made it: its engine, a VPN, another engine
     * @param volumes names of the engine's volumes
     * @param images of those asked about, the ones that the engine has
     * @param usedAddresses IPv4 addresses taken in the app's networks
     * @param proxy its proxy
     * @param committed the release that the host serves after a power cut, if any
     * @param files digests of what releases brought
     * @param folders names of the folders of data, each with the digest of what it held at first
     * @param takenNames of those that the app gives its containers, the ones that containers of others have
     * @param engineApi N of the newest API 1.N that the engine speaks
     * @param platform what its programs are made for
     */
    record Reachable(
            String engine,
            List<ContainerState> containers,
            Map<String, String> networks,
            Set<String> routes,
            Set<String> volumes,
            Set<ImageSource> images,
            Set<String> usedAddresses,
            ProxyState proxy,
            Optional<ReleaseId> committed,
            Set<String> files,
            Map<String, String> folders,
            Set<String> takenNames,
            int engineApi,
            Platform platform)
            implements HostState {

        /**
         * Without files and folders of the project, where others have no name that the app wants, and with an engine that speaks every API,
         * on the usual platform.
         */
        public Reachable(
                String engine,
                List<ContainerState> containers,
                Map<String, String> networks,
                Set<String> routes,
                Set<String> volumes,
                Set<ImageSource> images,
                Set<String> usedAddresses,
                ProxyState proxy,
                Optional<ReleaseId> committed) {
            this(
                    engine,
                    containers,
                    networks,
                    routes,
                    volumes,
                    images,
                    usedAddresses,
                    proxy,
                    committed,
                    Set.of(),
                    Map.of(),
                    Set.of(),
                    Integer.MAX_VALUE,
                    new Platform("linux", "amd64", ""));
        }
    }

    /** @param reason for a person */
    record Unreachable(String reason) implements HostState {}
}
