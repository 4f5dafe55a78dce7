package dev.portolan.compose;

/**
 * Where a set of files stands: those of the project, or those of one {@code include}.
 *
 * @param folder where the files that it names are looked for
 * @param base what the paths in them begin with; relative to the base of the level above
 * @param variables that fill them in
 * @param resolvesPaths whether their paths get the base
 */
record Level(String folder, String base, Variables variables, boolean resolvesPaths) {

    /** A file that one of the files names. */
    String located(String path) {
        return PathText.isAbsolute(path) ? path : PathText.joined(folder, path);
    }

    /** The folder of such a file, as the paths of this level have it. */
    String folderOf(String path, TextFiles files) {
        String located = located(path);
        return PathText.relative(folder, files.isFolder(located) ? located : located(PathText.folder(path)));
    }
}
