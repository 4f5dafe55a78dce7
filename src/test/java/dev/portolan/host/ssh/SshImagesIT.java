package dev.portolan.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostUploads;
import dev.portolan.images.TravellingImages;
import dev.portolan.model.HostAddress;
import dev.portolan.model.ImageSource;
import dev.portolan.testing.Commands;
import dev.portolan.testing.CountedHost;
import dev.portolan.testing.TestEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image on its way through OpenSSH's own server, which is this machine's, to another engine. */
class SshImagesIT {
    private static final String NAME = "portolan-ssh-images-it";
    private static final int LAYER = 40 << 20;

    @TempDir
    Path folder;

    private TestSshd server;
    private SshClients clients;
    private SshHost ssh;
    private ContainerEngine home;
    private ContainerEngine host;
    private TravellingImages images;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        home = TestEngine.shared().open(TestEngine.shared().host(folder.resolve("home")));
        String socket = TestEngine.second().socket();
        server = TestSshd.start(folder.resolve("server"));
        Path key = server.allowedKey("key", "-t", "ed25519", "-N", "");
        Path known = folder.resolve("known_hosts");
        Files.writeString(known, "[127.0.0.1]:" + server.port() + " " + server.hostKey("ed25519") + "\n");
        Path config = folder.resolve("config");
        Files.writeString(
                config,
                "Host box\n  HostName 127.0.0.1\n  Port " + server.port() + "\n  IdentityFile " + key
                        + "\n  UserKnownHostsFile " + known + "\n");
        clients = new SshClients(
                Map.of("PORTOLAN_SSH_CONFIG", config.toString(), "PATH", System.getenv("PATH")),
                folder,
                System.getProperty("user.name"),
                (path, again) -> Optional.empty());
        ssh = SshHost.open(clients, HostAddress.Ssh.parse("box").orElseThrow());
        host = TestEngine.second().open(new CountedHost(ssh, socket));
        images = new TravellingImages(home, folder.resolve("transit"));
        removeAll();
    }

    @AfterEach
    void close() throws Exception {
        images.close();
        removeAll();
        home.close();
        host.close();
        ssh.close();
        clients.close();
        server.close();
    }

    @Test
    void aLargeLayerGoesOnWhereTheConnectionBroke() throws IOException {
        ImageSource.Built image = image();
        var uploads = new Cutting(
                new SshUploads(
                        ssh.shells(),
                        folder.resolve("uploads").toString(),
                        TestEngine.second().socket()),
                LAYER / 2);
        images.to("oslo/web1", host, Optional.of(uploads)).provide(image, BuildMaterials.NONE, lines::add);

        assertThat(lines).anyMatch(line -> line.startsWith("going on where it was: the host has "));
        assertThat(uploads.appended).as("how often").hasSize(2);
        assertThat(uploads.appended.getLast()).as("the rest only").isLessThan(LAYER * 3 / 4);
        assertThat(host.imageDigest(image.reference()))
                .isEqualTo(home.imageDigest(image.reference()))
                .isPresent();
        try (var left = Files.list(folder.resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aHostWithoutADockerCommandGetsItThroughItsEngine() throws IOException {
        ImageSource.Built image = image();
        images.to("oslo/web1", host, Optional.empty()).provide(image, BuildMaterials.NONE, lines::add);
        assertThat(host.hasImage(image)).isTrue();
        assertThat(lines).contains("the host has 0 of 2 layers; 41.9 MB to send", "layer 1 of 2: 41.9 MB");
    }

    /** One layer of bytes that do not get smaller, and a small one. */
    private ImageSource.Built image() throws IOException {
        byte[] noise = new byte[LAYER];
        new Random(1).nextBytes(noise);
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.write(context.resolve("large"), noise);
        Files.writeString(context.resolve("small"), "small");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY large /\nCOPY small /\n");
        return new ImageSource.Built(NAME + ":1", context.toString(), "Dockerfile", Map.of(), Optional.empty());
    }

    private static void removeAll() throws IOException {
        for (TestEngine engine : List.of(TestEngine.shared(), TestEngine.second())) {
            for (String id : docker(engine, "image", "ls", "-q", NAME)) {
                docker(engine, "image", "rm", "--force", id);
            }
        }
    }

    private static List<String> docker(TestEngine engine, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", "unix://" + engine.socket()));
        command.addAll(List.of(words));
        return Commands.run(command.toArray(String[]::new)).lines().toList();
    }

    /** Kills the server's side of the connection once, in the middle of a file. */
    private final class Cutting implements HostUploads {
        private final HostUploads uploads;
        private final List<Long> appended = new ArrayList<>();
        private long untilCut;

        Cutting(HostUploads uploads, long untilCut) {
            this.uploads = uploads;
            this.untilCut = untilCut;
        }

        @Override
        public OptionalLong size(String name) throws IOException {
            return uploads.size(name);
        }

        @Override
        public Handed finish(String name, Content rest) throws IOException {
            int number = appended.size();
            appended.add(0L);
            return uploads.finish(
                    name,
                    target -> rest.writeTo(new OutputStream() {
                        @Override
                        public void write(int value) throws IOException {
                            write(new byte[] {(byte) value}, 0, 1);
                        }

                        @Override
                        public void write(byte[] source, int offset, int length) throws IOException {
                            target.write(source, offset, length);
                            appended.set(number, appended.get(number) + length);
                            untilCut -= length;
                            if (untilCut < 0) {
                                untilCut = Long.MAX_VALUE;
                                server.sessions().forEach(ProcessHandle::destroyForcibly);
                            }
                        }
                    }));
        }

        @Override
        public void remove(String name) throws IOException {
            uploads.remove(name);
        }
    }
}
