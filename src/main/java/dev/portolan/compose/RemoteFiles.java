package dev.portolan.compose;

import java.util.regex.Pattern;

/** Files that Docker Compose would fetch from another machine: of a repository, or of a registry. */
final class RemoteFiles {
    private static final Pattern REPOSITORY = Pattern.compile("(https?://|git://|ssh://|git@|github\\.com/).*");

    private RemoteFiles() {}

    static boolean isOne(String path) {
        return path.startsWith("oci://") || REPOSITORY.matcher(path).matches();
    }
}
