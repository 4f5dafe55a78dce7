package dev.portolan.cli.render;

/** The room that a terminal has. */
public record ScreenSize(int rows, int columns) {

    /** Where it cannot be found out. */
    public static final ScreenSize USUAL = new ScreenSize(24, 80);
}
