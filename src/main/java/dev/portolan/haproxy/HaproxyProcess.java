package dev.portolan.haproxy;

/** What runs HAProxy: a container on a host. */
public interface HaproxyProcess {

    /** Starts {@link HaproxyFolder#command()}, to be started again whenever it ends; does nothing when it runs. */
    void start(HaproxyFolder folder);

    /** Ends it at once; does nothing when there is none. */
    void remove();

    /** What it said last, for a person who must find out why it does not run. */
    String lastWords();

    /** Whether it starts with the rights of root, so that its workers must give them up. */
    boolean startsAsRoot();
}
