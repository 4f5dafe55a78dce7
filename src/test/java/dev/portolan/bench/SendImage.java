package dev.portolan.bench;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.host.local.LocalHost;
import dev.portolan.host.ssh.SshClients;
import dev.portolan.host.ssh.SshHost;
import dev.portolan.host.ssh.SshUploads;
import dev.portolan.images.TravellingImages;
import dev.portolan.model.HostAddress;
import dev.portolan.model.ImageSource;
import dev.portolan.testing.CountedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings an image to the engine of a host over SSH, once, in a Java of its own. */
public final class SendImage {
    private SendImage() {}

    /** @param arguments socket here, socket there, folder, host, image */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[2]);
        try (SshClients clients = new SshClients(
                        System.getenv(), folder, System.getProperty("user.name"), (key, again) -> Optional.empty());
                var here = new LocalHost(folder, arguments[0]);
                ContainerEngine home = new DockerEngine(here);
                SshHost ssh = SshHost.open(
                        clients, HostAddress.Ssh.parse(arguments[3]).orElseThrow());
                ContainerEngine host = new DockerEngine(new CountedHost(ssh, arguments[1]));
                TravellingImages images = new TravellingImages(home, folder.resolve("transit"))) {
            String id = home.imageDigest(arguments[4]).orElseThrow();
            images.to(
                            "box/box",
                            host,
                            Optional.of(
                                    SshUploads.on(ssh, folder.resolve("uploads").toString(), arguments[1])))
                    .provide(new ImageSource.Pulled(arguments[4], id), BuildMaterials.NONE, System.out::println);
        }
        System.exit(0);
    }
}
