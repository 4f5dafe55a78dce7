package dev.portolan.cli.render;

/** Shows what a command says. Safe for use by many threads. Closing it leaves the terminal as it was. */
public interface Display extends AutoCloseable {

    void show(Event event);

    /** One line for a person. */
    default void say(String text) {
        show(new Event.Said(text));
    }

    @Override
    void close();
}
