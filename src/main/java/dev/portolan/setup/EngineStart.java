package dev.portolan.setup;

import java.nio.file.Path;

/** What was done so that an engine answers. */
public sealed interface EngineStart {

    /** It answered already. */
    record Found() implements EngineStart {}

    /**
     * Started as systemd's unit.
     *
     * @param installed whether it was installed first
     */
    record Unit(boolean installed) implements EngineStart {}

    /**
     * Started as a process that {@link EngineSetup#stop} ends.
     *
     * @param installed whether it was installed first
     * @param log file with its output
     */
    record Daemon(boolean installed, long processId, Path log) implements EngineStart {}
}
