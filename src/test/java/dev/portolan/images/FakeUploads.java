package dev.portolan.images;

import dev.portolan.docker.ImageStore.Loading;
import dev.portolan.host.HostUploads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/** Files beside a {@link FakeStore}. */
final class FakeUploads implements HostUploads {
    private final FakeStore engine;
    final Map<String, ByteArrayOutputStream> files = new HashMap<>();
    final List<Integer> breaks = new ArrayList<>();
    long bytes;

    FakeUploads(FakeStore engine) {
        this.engine = engine;
    }

    @Override
    public OptionalLong size(String name) {
        return OptionalLong.of(fileOf(name).size());
    }

    @Override
    public Handed finish(String name, Content rest) throws IOException {
        var file = fileOf(name);
        int before = file.size();
        try {
            rest.writeTo(breaks.isEmpty() ? file : new FakeStore.Breaking(file, breaks.removeFirst()));
        } finally {
            bytes += file.size() - before;
        }
        try {
            return switch (engine.read(fileOf(name).toByteArray())) {
                case Loading.Loaded() -> new Handed(true, "");
                case Loading.Refused(var failure) -> new Handed(false, failure.message());
            };
        } catch (ZipException garbage) {
            return new Handed(false, "archive/tar: invalid tar header");
        }
    }

    private ByteArrayOutputStream fileOf(String name) {
        return files.computeIfAbsent(name, unknown -> new ByteArrayOutputStream());
    }

    @Override
    public void remove(String name) {
        files.remove(name);
    }
}
