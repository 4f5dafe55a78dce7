package dev.portolan.bench;

import dev.portolan.demo.DemoFiles;
import dev.portolan.demo.DemoImages;
import dev.portolan.demo.ImageSet;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.api.DockerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.host.local.LocalHost;
import dev.portolan.model.ImageSource;
import dev.portolan.setup.EngineSetup;
import dev.portolan.setup.EngineSocket;
import dev.portolan.setup.EngineStart;
import dev.portolan.setup.LocalMachine;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * This machine with an engine, a folder for the benchmarks and the images that they need. Closing removes what was made here; images
 * that the demo uses as well stay.
 */
final class Machine implements AutoCloseable {
    private static final String IMAGE = "portolan-bench/app:";

    private final Path source;
    private final Path folder;
    private final EngineSetup setup;
    private final EngineStart start;
    private final HostConnection host;
    private final ContainerEngine engine;
    private final ImageSet images;
    private final Set<String> built = new TreeSet<>();

    private Machine(Path source, Path folder) throws IOException {
        this.source = source;
        this.folder = folder;
        EngineSocket socket = EngineSocket.of(System.getenv());
        this.setup = new EngineSetup(new LocalMachine(), socket, folder);
        this.start = setup.ensure(question -> true, System.err::println);
        this.host = new LocalHost(folder, socket.path().toString());
        this.engine = new DockerEngine(host);
        this.images = new DemoImages(engine, new LocalMachine(), folder.resolve("images")).ensure(System.err::println);
        DemoFiles.APP.writeTo(folder.resolve("demo"));
    }

    /** @param source the folder of this project */
    static Machine open(Path source) throws IOException {
        // The path is short since sockets lie in it
        return new Machine(source, Files.createTempDirectory(Path.of("/tmp"), "pbench"));
    }

    Path folder() {
        return folder;
    }

    ContainerEngine engine() {
        return engine;
    }

    /** The launcher, as a person calls it. */
    String launcher() {
        return source.resolve("portolan").toString();
    }

    /** The text of the demo's Compose file, for an app that is built already. */
    String composeText() throws IOException {
        return Files.readString(folder.resolve("demo/compose.yaml"))
                .replaceFirst("(?m)^  build:\n(?:    .*\n)+", "  image: \\${APP_IMAGE}\n");
    }

    /** The variables of the Compose file for a release, whose image is made if need be. */
    Map<String, String> variables(String version) {
        String reference = IMAGE + version;
        if (built.add(reference)) {
            engine.build(
                    new ImageSource.Built(
                            reference,
                            folder.resolve("demo/app").toString(),
                            "Dockerfile",
                            Map.of(
                                    "PYTHON_IMAGE",
                                    images.variables().getOrDefault("PYTHON_IMAGE", ""),
                                    "RELEASE",
                                    version),
                            Optional.empty()),
                    line -> {});
        }
        Map<String, String> variables = new java.util.TreeMap<>(images.variables());
        variables.put("APP_IMAGE", reference);
        return variables;
    }

    /** The first of some ports in a row that nobody listens on. */
    static int freePorts(int count) throws IOException {
        for (int first = 19080; first < 29000; first += 10) {
            int port = first;
            while (port < first + count && isFree(port)) {
                port++;
            }
            if (port == first + count) {
                return first;
            }
        }
        throw new IOException("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (String reference : built) {
            new Program(folder, Map.of()).run(List.of("docker", "image", "rm", reference));
        }
        engine.close();
        host.close();
        setup.stop(start);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
