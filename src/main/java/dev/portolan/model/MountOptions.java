package dev.portolan.model;

import java.util.Map;

/** What an app says of a mount beside where it lies. A text is empty, and a number 0, where it says nothing. */
public sealed interface MountOptions {

    /**
     * @param sourceMustExist whether it is an error that the host has no such path; otherwise a folder is made there
     * @param propagation such as {@code rslave}
     * @param recursive {@code disabled}, {@code writable} or {@code readonly}: what is mounted below the source
     * @param label {@code z} or {@code Z}: how SELinux lets containers to it
     */
    record OfBind(boolean sourceMustExist, String propagation, String recursive, String label)
            implements MountOptions {}

    /**
     * @param noCopy whether a volume that is new stays empty where the image has files
     * @param subpath of the volume
     * @param labels of an anonymous volume
     */
    record OfVolume(boolean noCopy, String subpath, Map<String, String> labels) implements MountOptions {

        public OfVolume {
            labels = Map.copyOf(labels);
        }
    }

    /** @param mode file mode bits of the folder */
    record OfTmpfs(long sizeBytes, int mode) implements MountOptions {}

    /** @param subpath of the image */
    record OfImage(String subpath) implements MountOptions {}
}
