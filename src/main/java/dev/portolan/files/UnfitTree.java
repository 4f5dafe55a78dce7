package dev.portolan.files;

import java.io.IOException;

/** Something that is not copied to a host. Its message goes on from the name of the file or folder. */
public final class UnfitTree extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitTree(String message) {
        super(message);
    }

    UnfitTree(String message, IOException cause) {
        super(message, cause);
    }

    /** For a sentence that began with the name: such as {@code is more than the 64 MiB that are copied to a host}. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
