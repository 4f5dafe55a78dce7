package dev.portolan.compose;

/** Reads the Compose files of a project, and everything that they name. Never throws for what is in them. */
public final class ComposeReader {

    private ComposeReader() {}

    /** The project as it is to be deployed. What Portolan does not do yet is an error. */
    public static ComposeReading read(ComposeSource source) {
        return ProjectModel.records(source);
    }

    /** The project in the canonical form of Docker Compose: whatever that reads is read, and read as there. */
    public static CanonicalReading canonical(ComposeSource source) {
        return ProjectModel.canonical(source);
    }
}
