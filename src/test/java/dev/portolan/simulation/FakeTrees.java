package dev.portolan.simulation;

import dev.portolan.files.FileTree;
import dev.portolan.host.HostTrees;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.simulation.Operations.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Files and folders of the project on a host: the first are the machine's, the second the region's. */
final class FakeTrees implements HostTrees {
    private static final String CONTENTS = "/contents/";
    private static final String FOLDERS = "/folders/";

    private final FakeMachine machine;
    private final Operations operations;
    private final Map<String, String> folders = new TreeMap<>();

    FakeTrees(FakeMachine machine, Operations operations) {
        this.machine = machine;
        this.operations = operations;
    }

    @Override
    public String contentPath(String digest) {
        return CONTENTS + digest;
    }

    @Override
    public String folderPath(String name) {
        return FOLDERS + name;
    }

    @Override
    public Stored stored() throws IOException {
        return perform(Kind.READS, "list files", () -> new Stored(machine.contents, folders));
    }

    @Override
    public void put(FileTree.Fingerprinted tree) throws IOException {
        perform(Kind.CHANGES, "put files " + tree.digest(), () -> machine.contents.add(tree.digest()));
    }

    /** What a container mounts must stay, whatever state it is in: it may be started again. */
    @Override
    public void keepOnly(Set<String> digests) throws IOException {
        perform(Kind.CHANGES, "keep only the files " + digests, () -> {
            for (FakeContainer container : machine.containers.values()) {
                for (Mount mount : container.spec.storage().mounts()) {
                    if (mount.source().startsWith(CONTENTS)
                            && !digests.contains(mount.source().substring(CONTENTS.length()))) {
                        throw new Violation("F: " + container.name + " loses " + mount.source());
                    }
                }
            }
            return machine.contents.retainAll(digests);
        });
    }

    @Override
    public void makeFolder(String name, Optional<FileTree.Fingerprinted> seed) throws IOException {
        perform(Kind.CHANGES, "make folder " + name, () -> {
            String digest = seed.map(FileTree.Fingerprinted::digest).orElse("");
            return Optional.ofNullable(folders.putIfAbsent(name, digest));
        });
    }

    @Override
    public void removeFolders() throws IOException {
        perform(Kind.CHANGES, "remove folders", () -> {
            folders.clear();
            return true;
        });
    }

    /** @throws Violation when a container is made of what the host does not have */
    static void check(FakeMachine machine, String container, Mount mount) {
        if (mount.kind() != Mount.Kind.BIND && mount.kind() != Mount.Kind.VOLUME) {
            throw new Violation("F: " + container + " mounts what no engine knows: " + mount);
        }
        if (mount.source().startsWith(CONTENTS)
                && !machine.contents.contains(mount.source().substring(CONTENTS.length()))) {
            throw new Violation("F: " + container + " is made without " + mount.source());
        }
    }

    private <T> T perform(Kind kind, String what, Supplier<T> effect) throws IOException {
        return operations.<T, IOException>perform(machine, kind, what, effect, IOException::new);
    }
}
