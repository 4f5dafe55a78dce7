package dev.portolan.model;

/**
 * A place in a file a person wrote.
 *
 * @param file the path as the person would type it
 * @param line 1 or more; 0 where the whole file is meant
 * @param column 1 or more; 0 where the whole file is meant
 */
public record SourceLocation(String file, int line, int column) {

    public static SourceLocation wholeFile(String file) {
        return new SourceLocation(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
