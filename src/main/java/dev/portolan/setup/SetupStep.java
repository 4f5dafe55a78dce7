package dev.portolan.setup;

/** One thing to do until an engine answers. */
sealed interface SetupStep {

    /** Installs the distribution's engine. */
    record Install() implements SetupStep {}

    /** Starts the engine as systemd's unit, which starts it again after a reboot. */
    record StartUnit() implements SetupStep {}

    /** Starts the engine as a process of its own, which nothing starts again. */
    record StartDaemon() implements SetupStep {}

    /** Lets the user use the engine: for good as a member of its group, and at once as the owner of the socket. */
    record GrantAccess(String user) implements SetupStep {}
}
