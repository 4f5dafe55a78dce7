package dev.portolan.model;

/** Something that a Dockerfile may use by a name: {@code FROM name}, {@code COPY --from=name}. */
public sealed interface BuildSource {

    /** @param path absolute */
    record Folder(String path) implements BuildSource {}

    /** @param address of a git repository with the commit, which the engine fetches */
    record Repository(String address) implements BuildSource {}

    /** @param reference of an image of a registry or of the engine's own store */
    record Image(String reference) implements BuildSource {}

    /** The image of another service, which is built first. */
    record Service(ImageSource.Built image) implements BuildSource {}
}
