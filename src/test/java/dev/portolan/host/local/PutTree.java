package dev.portolan.host.local;

import dev.portolan.files.TreeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A process that puts a folder among the files of releases, to be killed. */
final class PutTree {

    private PutTree() {}

    /** @param arguments the folder, and where files and data are kept */
    public static void main(String[] arguments) throws IOException {
        var tree = TreeReader.read(Path.of(arguments[0]), Set.of()).fingerprinted();
        System.out.println(tree.digest());
        System.out.flush();
        new LocalTrees(Path.of(arguments[1], "files"), Path.of(arguments[1], "data")).put(tree);
        System.out.println("done");
    }
}
