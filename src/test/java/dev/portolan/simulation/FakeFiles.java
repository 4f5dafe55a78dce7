package dev.portolan.simulation;

import dev.portolan.host.HostFiles;
import dev.portolan.simulation.Operations.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Files of a host. What a method that returned has written stays; what one that was cut off has written is there, or not, or
 * for an append in part.
 */
final class FakeFiles implements HostFiles {
    private final String root;
    private final FakeMachine machine;
    private final Operations operations;
    private final Scheduler scheduler;
    private final Faults faults;
    private final SplittableRandom random;
    private final Invariants invariants;
    private final Map<String, Stored> files = new TreeMap<>();

    private record Stored(String content, long changed) {}

    FakeFiles(
            String root,
            FakeMachine machine,
            Operations operations,
            Scheduler scheduler,
            Faults faults,
            SplittableRandom random,
            Invariants invariants) {
        this.root = root;
        this.machine = machine;
        this.operations = operations;
        this.scheduler = scheduler;
        this.faults = faults;
        this.random = random;
        this.invariants = invariants;
    }

    @Override
    public String root() {
        return root;
    }

    /** All of them, without being an operation. */
    List<String> contents() {
        return files.values().stream().map(Stored::content).toList();
    }

    /** Looks without being an operation. */
    Optional<String> peek(String path) {
        return Optional.ofNullable(files.get(path)).map(Stored::content);
    }

    @Override
    public Owner owner() {
        return new Owner(0, 0);
    }

    @Override
    public Optional<StoredFile> read(String path) throws IOException {
        return perform(
                Kind.READS,
                "read " + path,
                () -> Optional.ofNullable(files.get(path))
                        .map(stored -> new StoredFile(
                                stored.content(), Duration.ofNanos(scheduler.now() - stored.changed()))));
    }

    @Override
    public void write(String path, String content) throws IOException {
        invariants.checkForSecrets(root + "/" + path, content);
        perform(Kind.CHANGES, "write " + path, () -> put(path, content));
    }

    @Override
    public void append(String path, String content) throws IOException {
        invariants.checkForSecrets(root + "/" + path, content);
        boolean[] done = new boolean[1];
        int before = faults.struck().size();
        try {
            perform(Kind.CHANGES, "append " + path + " " + content.strip(), () -> {
                done[0] = true;
                invariants.appended(content);
                return put(path, peek(path).orElse("") + content);
            });
        } finally {
            boolean cutOff =
                    faults.struck().size() > before && scheduler.owner().killed() && !done[0];
            if (cutOff && machine.up() && random.nextBoolean()) {
                put(path, peek(path).orElse("") + content.substring(0, random.nextInt(content.length())));
            }
        }
    }

    private boolean put(String path, String content) {
        files.put(path, new Stored(content, scheduler.now()));
        return true;
    }

    @Override
    public boolean compareAndSet(String path, Optional<String> expected, Optional<String> content) throws IOException {
        content.ifPresent(text -> invariants.checkForSecrets(root + "/" + path, text));
        return perform(Kind.CHANGES, "compare and set " + path + " to " + content.orElse("nothing"), () -> {
            boolean same = peek(path).equals(expected);
            if (same) {
                content.ifPresentOrElse(text -> put(path, text), () -> files.remove(path));
                invariants.fileSet(scheduler.owner(), path, content);
            }
            return same;
        });
    }

    @Override
    public void remove(String path) throws IOException {
        perform(Kind.CHANGES, "remove " + path, () -> {
            invariants.fileSet(scheduler.owner(), path, Optional.empty());
            return Optional.ofNullable(files.remove(path));
        });
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return perform(
                Kind.READS,
                "list " + folder,
                () -> files.keySet().stream()
                        .filter(path -> path.startsWith(folder + "/"))
                        .map(path -> path.substring(folder.length() + 1))
                        .filter(name -> !name.contains("/"))
                        .toList());
    }

    private <T> T perform(Kind kind, String what, Supplier<T> effect) throws IOException {
        return operations.<T, IOException>perform(machine, kind, what, effect, IOException::new);
    }
}
