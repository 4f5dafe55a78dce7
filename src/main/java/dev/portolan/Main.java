package dev.portolan;

/** Wires everything, by hand. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("portolan");
    }
}
