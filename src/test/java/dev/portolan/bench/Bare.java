package dev.portolan.bench;

/** The least that a Java program can do, for comparison. */
public final class Bare {

    private Bare() {}

    public static void main(String[] arguments) {
        System.out.println("1");
    }
}
