package dev.portolan.setup;

import java.nio.file.Path;

/** What was done so that an engine answers. */
public sealed interface EngineStart {

    /** It answered already. */
    record Found() implements EngineStart {}

    /**
     * Started as a service of the machine: systemd's unit, or what the package starts by itself.
     *
     * @param installed whether it was installed first
     */
    record Service(boolean installed) implements EngineStart {}

    /**
     * Started as a process that {@link EngineSetup#stop} ends.
     *
     * @param installed whether it was installed first
     * @param log file with its output
     */
    record Daemon(boolean installed, long processId, Path log) implements EngineStart {}
}
