package dev.portolan.cli;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.Fleet;
import dev.portolan.host.HostKeys;
import dev.portolan.model.Host;
import dev.portolan.model.Secret;
import dev.portolan.secrets.Safe;
import dev.portolan.secrets.SecretFile;
import dev.portolan.setup.EngineSetup;
import dev.portolan.setup.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of which commands are made. Each is made when it is first asked for, so that a command loads only what it uses.
 * Closing ends every connection.
 */
public interface Parts extends AutoCloseable {

    /** The folder of Portolan's own files on this machine, absolute. */
    Path state();

    /** The same parts with another folder. Whoever asks closes them. */
    Parts at(Path state);

    Machine machine();

    EngineSetup setup();

    /** This machine's engine. */
    ContainerEngine engine();

    /** By what this person knows hosts over SSH. */
    HostKeys hostKeys();

    /** The image of the proxies, as the engine calls it; empty when it does not have it yet. */
    Optional<String> proxyImage();

    /**
     * The hosts of an app; the same ones whenever it is asked for.
     *
     * @param hosts those that are known by now, and how they are reached
     * @param progress one line at a time, when something has to be fetched or built first
     */
    Fleet fleet(String app, List<Host> hosts, Consumer<String> progress);

    /**
     * The secrets of a project, for the whole command.
     *
     * @param folder of the project, absolute
     * @param key with which values are told apart where stores do not; asked for when it is needed
     */
    Safe safe(Path folder, Supplier<Secret> key);

    /** @param file that holds secrets, absolute; whether it is there is not known yet */
    SecretFile secretFile(Path file);

    @Override
    void close();
}
