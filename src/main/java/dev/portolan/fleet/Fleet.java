package dev.portolan.fleet;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostRoutes;
import dev.portolan.host.HostTrees;
import dev.portolan.images.ImageSupply;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.MountOptions.OfBind;
import dev.portolan.proxy.HostProxy;
import dev.portolan.traffic.TrafficLayer;
import java.util.Collection;
import java.util.Optional;

/** The hosts of an app, and the traffic layer in front of them. */
public interface Fleet {

    /** Says how hosts are reached. What was said first is what counts. */
    void know(Collection<Host> hosts);

    /**
     * Access to a host that is known.
     *
     * @throws dev.portolan.model.UserError when the host does not answer
     */
    HostAccess on(HostId host);

    TrafficLayer traffic();

    /**
     * The engine that builds for hosts with engines of their own, and that has the images of no registry; empty where every host fetches
     * and builds for itself.
     */
    default Optional<ContainerEngine> home() {
        return Optional.empty();
    }

    /**
     * What a rollout uses of one host. Closing is the business of whoever made the fleet.
     *
     * @param images from where the engine has its images
     */
    record HostAccess(
            ContainerEngine engine,
            HostProxy proxy,
            HostFiles files,
            HostRoutes routes,
            HostTrees trees,
            ImageSupply images) {

        private static final OfBind NOTHING_SAID = new OfBind(false, "", "", "");

        /** Of a host whose engine fetches and builds for itself. */
        public HostAccess(
                ContainerEngine engine, HostProxy proxy, HostFiles files, HostRoutes routes, HostTrees trees) {
            this(engine, proxy, files, routes, trees, ImageSupply.of(engine));
        }

        /** A container as it is to be made on this host: it mounts files and folders of the project from where they are here. */
        public ContainerSpec placed(ContainerSpec spec) {
            return spec.with(spec.storage().with(this::placed));
        }

        private Mount placed(Mount mount) {
            return switch (mount.kind()) {
                case FILES -> bind(trees.contentPath(mount.source()), mount, true);
                case DATA -> bind(trees.folderPath(mount.source()), mount, false);
                case BIND, VOLUME, TMPFS, IMAGE -> mount;
            };
        }

        private static Mount bind(String path, Mount mount, boolean mustExist) {
            OfBind said = mount.options().orElse(NOTHING_SAID) instanceof OfBind options ? options : NOTHING_SAID;
            OfBind options = new OfBind(mustExist, said.propagation(), said.recursive(), said.label());
            return new Mount(
                    Mount.Kind.BIND,
                    path,
                    mount.target(),
                    mount.readOnly(),
                    options.equals(NOTHING_SAID) ? Optional.empty() : Optional.of(options));
        }
    }
}
