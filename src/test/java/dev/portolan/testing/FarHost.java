package dev.portolan.testing;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostPorts;
import dev.portolan.host.HostRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host as another one is seen from far away: everything needs a while to get there, and its answer to come back. */
public final class FarHost implements HostConnection {
    private final HostConnection host;
    private final Duration oneWay;

    /** @param host closed with this */
    public FarHost(HostConnection host, Duration oneWay) {
        this.host = host;
        this.oneWay = oneWay;
    }

    private interface Call<T> {
        T now() throws IOException;
    }

    private <T> T far(Call<T> call) throws IOException {
        try {
            Thread.sleep(oneWay);
            try {
                return call.now();
            } finally {
                Thread.sleep(oneWay);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public ByteStream dial(String socket) throws IOException {
        return new FarStream(far(() -> host.dial(socket)), oneWay);
    }

    /** Each method is one trip, as over SSH. */
    @Override
    public HostFiles files() {
        HostFiles near = host.files();
        return new HostFiles() {
            @Override
            public String root() {
                return near.root();
            }

            @Override
            public Owner owner() throws IOException {
                return near.owner(); // known since the login
            }

            @Override
            public Optional<StoredFile> read(String path) throws IOException {
                return far(() -> near.read(path));
            }

            @Override
            public void write(String path, String content) throws IOException {
                exchange(List.of(new Change.Write(path, content)), List.of());
            }

            @Override
            public void append(String path, String content) throws IOException {
                far(() -> {
                    near.append(path, content);
                    return true;
                });
            }

            @Override
            public boolean compareAndSet(String path, Optional<String> expected, Optional<String> content)
                    throws IOException {
                return far(() -> near.compareAndSet(path, expected, content));
            }

            @Override
            public void remove(String path) throws IOException {
                exchange(List.of(new Change.Remove(path)), List.of());
            }

            @Override
            public List<String> list(String folder) throws IOException {
                return far(() -> near.list(folder));
            }

            @Override
            public Map<String, StoredFile> exchange(List<Change> changes, List<String> wanted) throws IOException {
                return far(() -> near.exchange(changes, wanted));
            }
        };
    }

    @Override
    public HostRoutes routes() {
        return () -> far(host.routes()::read);
    }

    @Override
    public HostPorts ports() {
        return new HostPorts() {
            @Override
            public boolean taken(String bind) {
                return !taken(List.of(bind)).isEmpty();
            }

            @Override
            public List<String> taken(List<String> binds) {
                try {
                    return binds.isEmpty() ? List.of() : far(() -> host.ports().taken(binds));
                } catch (IOException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
        };
    }

    @Override
    public String engineSocket() {
        return host.engineSocket();
    }

    @Override
    public void close() {
        host.close();
    }
}
