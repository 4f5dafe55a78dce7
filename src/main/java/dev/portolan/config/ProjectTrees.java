package dev.portolan.config;

import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.files.UnfitTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads files and folders of the project, each once for all regions. */
final class ProjectTrees {
    private final Map<Key, Found> found = new HashMap<>();

    private record Key(Path path, Set<String> without) {}

    /** What there is at a path. */
    sealed interface Found {

        record Nothing() implements Found {}

        record Tree(FileTree.Fingerprinted read) implements Found {}

        /** @param reason goes on from the path's name */
        record Unfit(String reason) implements Found {}
    }

    /** @param without relative paths of folders that stay out */
    Found at(Path path, Set<String> without) {
        return found.computeIfAbsent(new Key(path, without), ProjectTrees::read);
    }

    private static Found read(Key key) {
        if (Files.notExists(key.path(), LinkOption.NOFOLLOW_LINKS)) {
            return new Found.Nothing();
        }
        try {
            return new Found.Tree(TreeReader.read(key.path(), key.without()).fingerprinted());
        } catch (UnfitTree unfit) {
            return new Found.Unfit(unfit.what());
        } catch (IOException unreadable) {
            return new Found.Unfit("cannot be copied: " + unreadable.getMessage() + " cannot be read");
        }
    }
}
