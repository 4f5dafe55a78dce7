package dev.portolan.docker;

import dev.portolan.model.ImageSource;
import dev.portolan.model.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The images of an engine on their way to and from others. Safe for use by many threads. Every method throws
 * {@link EngineException} when the engine does not answer.
 */
public interface ImageStore {

    /** Label of an image that has only the first layers of another one; its value is the other's name without a tag. */
    String PART_OF = "portolan.part-of";

    /** Repository of names that images get which an engine knows neither by their name nor by their digest. */
    String BY_DIGEST = "portolan-image";

    /** Exactly this image; empty when the engine does not have it. */
    Optional<Stored> find(ImageSource image);

    /**
     * Reads an image as {@code docker save} writes it.
     *
     * @param id as {@link Stored#id()} says
     */
    void save(String id, Reader reader);

    /** Takes an archive as {@code docker load} does, compressed or not. */
    Loading load(Archive archive);

    /**
     * Whether images must come whole: an engine that keeps them as containerd does looks for all layers in the archive, also for those
     * that it has.
     */
    boolean takesWholeImagesOnly();

    /** Sees to it that {@link #find} finds an image that has just been loaded by its name. */
    void recognize(ImageSource.Pulled image);

    /** Removes the images with {@link #PART_OF} of this value. Layers that another image has stay. */
    void removeParts(String of);

    /**
     * @param id that the engine gives it
     * @param names under which it is to be known elsewhere: repository and tag
     * @param ofRegistry whether the engine has it from a registry, by the digest that was asked for
     */
    record Stored(String id, Platform platform, List<String> names, boolean ofRegistry) {
        public Stored {
            names = List.copyOf(names);
        }
    }

    /** What comes of {@link #load}. */
    sealed interface Loading {

        record Loaded() implements Loading {}

        /** @param failure what the engine said, not thrown yet */
        record Refused(EngineException failure) implements Loading {}
    }

    /** Reads what an engine sends. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream archive) throws IOException;
    }

    /** Writes what an engine takes. */
    @FunctionalInterface
    interface Archive {
        void writeTo(OutputStream target) throws IOException;
    }
}
